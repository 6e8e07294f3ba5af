// Do the project's papers say what is so? Commands, lock file, manifest.

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import project from '../../package.json' with { type: 'json' };

const scripts: readonly string[] = Object.keys(project.scripts);
/** Commands of npm itself. */
const NPM_ITSELF = new Set(['ci', 'install', 'start', 'test', 'run', 'audit']);

/** Commands of a paper, as `run X` or the bare word. */
function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(/\bnpm (run )?(?:--?[\w-]+ )*([\w:-]+)/g)].map(([, run, name = '']) =>
    run === undefined ? name : `run ${name}`,
  );
}

test.each(['README.md', 'CONTRIBUTING.md'])('every npm command in %s exists', (paper) => {
  if (!existsSync(paper)) return; // written later: nothing is promised yet
  const commands = commandsOf(readFileSync(paper, 'utf8'));
  const missing = commands.filter((command) => {
    const name = command.replace(/^run /, '');
    return command.startsWith('run ')
      ? !scripts.includes(name)
      : !NPM_ITSELF.has(name) || ((name === 'start' || name === 'test') && !scripts.includes(name));
  });
  expect(missing).toEqual([]);
});

test('commands are found in a paper', () => {
  expect(commandsOf('`npm start`, then `npm run --silent check -- HOST`, `npm run test:unit` and `npm ci`')).toEqual([
    'start',
    'run check',
    'run test:unit',
    'ci',
  ]);
});

test('the scripts that are promised are there', () => {
  for (const name of ['start', 'test', 'test:unit', 'test:browser', 'build', 'check', 'typecheck', 'lint', 'bench'])
    expect(scripts).toContain(name);
});

test('the lock file names no addresses', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
});

test('the manifest asks for what is needed and no more', () => {
  expect(manifest.permissions.toSorted()).toEqual(['alarms', 'publicSuffix', 'storage', 'webNavigation']);
  expect(manifest.optional_permissions).toEqual(['webRequest']);
  expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
  expect(manifest.incognito).toBe('not_allowed');
  expect(manifest.host_permissions.toSorted()).toEqual(
    [
      // resolvers
      'https://dns.quad9.net/*',
      'https://cloudflare-dns.com/*',
      'https://dns.google/*',
      // log lists
      'https://www.gstatic.com/*',
      'https://valid.apple.com/*',
      // logs
      'https://ct.googleapis.com/*',
      'https://storage.googleapis.com/*',
      'https://*.ct.cloudflare.com/*',
      'https://*.ct.digicert.com/*',
      'https://*.ct.sectigo.com/*',
      'https://*.ct.letsencrypt.org/*',
      'https://*.trustasia.com/*',
      'https://*.skylight.geomys.org/*',
      'https://*.mon.ct.ipng.ch/*',
    ].toSorted(),
  );
});

test('nothing of the extension can be seen by a page', () => {
  expect(Object.keys(manifest)).not.toContain('content_scripts');
  expect(Object.keys(manifest)).not.toContain('web_accessible_resources');
  expect(Object.keys(manifest)).not.toContain('externally_connectable');
});

test('what data is collected is declared', () => {
  expect(manifest.browser_specific_settings.gecko.data_collection_permissions.required).toEqual(['browsingActivity']);
});

test('the icon stands in the toolbar of Firefox, and may be given a key by those who want one', () => {
  expect(manifest.action.default_area).toBe('navbar');
  expect(manifest.commands).toEqual({ _execute_action: {} });
});
