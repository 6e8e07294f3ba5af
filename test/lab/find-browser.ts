// Which browser is on this machine? The one named by BROWSER, else the first found where browsers usually are.

import { existsSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';

export type BrowserKind = 'chromium' | 'firefox';

export interface FoundBrowser {
  readonly kind: BrowserKind;
  readonly executablePath: string;
}

/** The names BROWSER may bear, in the order they are tried. */
const NAMES = ['chromium', 'chrome', 'edge', 'firefox'] as const;
type Name = (typeof NAMES)[number];

const COMMANDS: Readonly<Record<Name, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser'],
  chrome: ['google-chrome', 'google-chrome-stable', 'chrome'],
  edge: ['microsoft-edge', 'microsoft-edge-stable', 'msedge'],
  firefox: ['firefox', 'firefox-esr', 'firefox-developer-edition', 'firefox-nightly'],
};
const MAC: Readonly<Record<Name, readonly string[]>> = {
  chromium: ['Chromium.app/Contents/MacOS/Chromium'],
  chrome: ['Google Chrome.app/Contents/MacOS/Google Chrome'],
  edge: ['Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  firefox: [
    'Firefox.app/Contents/MacOS/firefox',
    'Firefox Developer Edition.app/Contents/MacOS/firefox',
    'Firefox Nightly.app/Contents/MacOS/firefox',
  ],
};
const WINDOWS: Readonly<Record<Name, readonly string[]>> = {
  chromium: ['Chromium/Application/chrome.exe'],
  chrome: ['Google/Chrome/Application/chrome.exe'],
  edge: ['Microsoft/Edge/Application/msedge.exe'],
  firefox: ['Mozilla Firefox/firefox.exe', 'Firefox Developer Edition/firefox.exe', 'Firefox Nightly/firefox.exe'],
};

type Environment = Readonly<Record<string, string | undefined>>;

const named = (env: Environment, ...names: readonly string[]): readonly string[] =>
  names
    .map((name) => env[name])
    .filter((value) => value !== undefined && value !== '')
    .map(String);

function places(name: Name, env: Environment, platform: string): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['/Applications', ...named(env, 'HOME').map((home) => join(home, 'Applications'))].flatMap((folder) =>
        MAC[name].map((path) => join(folder, path)),
      );
    case 'win32':
      return named(env, 'PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA').flatMap((folder) =>
        WINDOWS[name].map((path) => join(folder, path)),
      );
    default:
      return onPath(COMMANDS[name], env);
  }
}

const onPath = (commands: readonly string[], env: Environment): readonly string[] =>
  commands.flatMap((command) =>
    [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) =>
      join(folder, command),
    ),
  );

const kindOf = (path: string): BrowserKind => (/firefox/i.test(basename(path)) ? 'firefox' : 'chromium');

/**
 * Finds a browser; null where there is none, or where BROWSER is `none` or names one that is not here.
 * `exists` says whether a file is there; tests bring their own.
 */
export function findBrowser(
  env: Environment = process.env,
  platform: string = process.platform,
  exists: (path: string) => boolean = existsSync,
): FoundBrowser | null {
  const wanted = env['BROWSER'] ?? '';
  const name = NAMES.find((each) => each === wanted.toLowerCase());
  const candidates =
    wanted === ''
      ? NAMES.flatMap((each) => places(each, env, platform))
      : name !== undefined
        ? places(name, env, platform)
        : isAbsolute(wanted)
          ? [wanted]
          : onPath([wanted], env);
  const executablePath = candidates.find((path) => exists(path));
  return executablePath === undefined ? null : { kind: kindOf(executablePath), executablePath };
}

/** Whether a window can be shown. */
export const hasDisplay = (env: Environment = process.env, platform: string = process.platform): boolean =>
  platform === 'darwin' || platform === 'win32' || named(env, 'DISPLAY', 'WAYLAND_DISPLAY').length > 0;
