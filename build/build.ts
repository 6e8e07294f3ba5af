// How does the source become an extension? Bundles once, derives the two manifests, and packs `dist/chrome` and `dist/firefox` with a zip of each.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, gzipSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';
import { build, type InlineConfig } from 'vite';
import { withoutMarkup } from './without-markup.ts';
import { rasterise } from './rasterise.ts';

type Files = ReadonlyMap<string, Uint8Array>;
type Target = 'chrome' | 'firefox';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const PAGES = join(ROOT, 'src/pages');
const ENTRIES = ['popup', 'options', 'welcome'] as const;
/** Pixels: the toolbar's for every picture, and what stores and settings show of the extension's own. */
const TOOLBAR_SIZES = [16, 32] as const;
const OWN_SIZES = [...TOOLBAR_SIZES, 128] as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the bundler makes of some entries, by file name; nothing is written. */
async function bundle(
  rolldownOptions: NonNullable<InlineConfig['build']>['rolldownOptions'],
  root: string,
): Promise<Files> {
  const made = await build({
    configFile: false,
    root,
    plugins: [withoutMarkup],
    logLevel: 'warn',
    publicDir: false,
    base: '/',
    mode: 'production',
    build: {
      write: false,
      target: ['chrome153', 'firefox153'],
      reportCompressedSize: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // Two per cent smaller than the bundler's own minifier.
      minify: 'terser',
      terserOptions: { module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true } },
      rolldownOptions: { checks: { pluginTimings: false }, ...rolldownOptions },
    },
  });
  if ('close' in made) throw new Error('the bundler is watching instead of building');
  const outputs = (Array.isArray(made) ? made : [made]).flatMap(({ output }) => output);
  return new Map(
    outputs.map((file) => [
      file.fileName,
      file.type === 'chunk' ? bytes(file.code) : typeof file.source === 'string' ? bytes(file.source) : file.source,
    ]),
  );
}

/** All that the pages share and show in one file beside their entries: the popup paints sooner where it waits for few. */
const SHOWN = { name: 'pages', test: /^(?!.*(main\.tsx|\.css|\.html)$)/ };

/** HTML without what only its readers need. */
const lean = (html: Uint8Array): Uint8Array =>
  bytes(
    new TextDecoder()
      .decode(html)
      .replaceAll(/<!--.*?-->/gs, '')
      .replaceAll(/>\s+</g, '><'),
  );

/** The pages, each at the root of the extension; what they share stands in `assets/`. */
async function pages(): Promise<Files> {
  const files = await bundle(
    { input: ENTRIES.map((name) => join(PAGES, name, `${name}.html`)), output: { codeSplitting: { groups: [SHOWN] } } },
    PAGES,
  );
  return new Map(
    [...files].map(([name, content]) =>
      extname(name) === '.html' ? [basename(name), lean(content)] : [name, content],
    ),
  );
}

/** The background as one module: service workers know no dynamic import, and Firefox's event page takes the same file. */
const background = (): Promise<Files> =>
  bundle(
    {
      input: join(ROOT, 'src/extension/background/main.ts'),
      output: { entryFileNames: 'background.js', codeSplitting: false },
    },
    ROOT,
  );

async function icons(): Promise<Files> {
  const names = (await readdir(join(ROOT, 'icons'))).filter((name) => extname(name) === '.svg');
  const drawn = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(ROOT, 'icons', name), 'utf8');
      return (name === 'lens.svg' ? OWN_SIZES : TOOLBAR_SIZES).map(
        (width) => [`icons/${basename(name, '.svg')}-${width}.png`, rasterise(svg, width)] as const,
      );
    }),
  );
  return new Map(drawn.flat());
}

/** JSON without what only its readers need; of messages, what only translators do. */
const compact = (path: string, content: Uint8Array): Uint8Array =>
  extname(path) === '.json'
    ? bytes(
        JSON.stringify(JSON.parse(new TextDecoder().decode(content)), (name, value: unknown) =>
          path.endsWith('messages.json') && (name === 'description' || name === 'example') ? undefined : value,
        ),
      )
    : content;

async function copied(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(folder.length + 1), compact(path, await readFile(path))] as const),
    ),
  );
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const without = (from: Json, ...names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));

/** The one manifest without what the other browser alone understands; each would warn about the other's. */
function derive(manifest: Json, target: Target): Json {
  const script = isJson(manifest['background']) ? manifest['background'] : {};
  const action = isJson(manifest['action']) ? manifest['action'] : {};
  return target === 'chrome'
    ? {
        ...without(manifest, 'browser_specific_settings'),
        action: without(action, 'default_area'),
        background: without(script, 'scripts'),
      }
    : { ...without(manifest, 'minimum_chrome_version'), background: without(script, 'service_worker') };
}

async function write(folder: string, files: Files): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await Promise.all(
    [...files].map(async ([name, content]) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }),
  );
}

/** One entry of a zip: what stands before its data and, with `offset`, in the directory at the end (APPNOTE 4.3.7 and 4.3.12). All times are the format's first, 1 January 1980. */
async function zipEntry(name: string, content: Uint8Array) {
  // Takes its time, and 4 % less room than zlib.
  const data = await zopfli.deflateAsync(content, { numiterations: 15 });
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0); // version 2.0
  shared.writeUInt16LE(8, 4); // deflated
  shared.writeUInt16LE(0x21, 8); // the date
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(data.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(Buffer.byteLength(name), 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, Buffer.from(name), data]);
  const listed = (offset: number): Buffer => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    return Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.of(20, 0), shared, rest, Buffer.from(name)]);
  };
  return { local, listed };
}

/** A zip that is the same, byte for byte, whenever and wherever it is made. */
async function pack(files: Files): Promise<Uint8Array> {
  const entries = await Promise.all(
    [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(async ([name, content]) => zipEntry(name, content)),
  );
  const data = Buffer.concat(entries.map(({ local }) => local));
  let offset = 0;
  const directory = Buffer.concat(
    entries.map(({ local, listed }) => {
      offset += local.length;
      return listed(offset - local.length);
    }),
  );
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(data.length, 12);
  return Buffer.concat([data, directory, Buffer.from('PK\u0005\u0006'), end]);
}

const kilobytes = (size: number): string => `${(size / 1000).toFixed(1)} kB`;

const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'manifest.json'), 'utf8'));
if (!isJson(manifest)) throw new Error('manifest.json holds no object');
const parts = await Promise.all([pages(), background(), icons(), copied(join(ROOT, 'public'))]);
const shared: Files = new Map(parts.flatMap((files) => Array.from(files)));
const worker = shared.get('background.js');
if (worker === undefined) throw new Error('no background.js was made');
console.log(`background.js ${kilobytes(worker.length)} (gzip ${kilobytes(gzipSync(worker).length)})`);
for (const target of ['chrome', 'firefox'] as const) {
  const files: Files = new Map([...shared, ['manifest.json', bytes(JSON.stringify(derive(manifest, target)))]]);
  const zip = await pack(files);
  await write(join(DIST, target), files);
  await writeFile(join(DIST, `emblem-lens-${String(manifest['version'])}-${target}.zip`), zip);
  console.log(`dist/${target}: ${files.size} files, zip ${kilobytes(zip.length)}`);
}
