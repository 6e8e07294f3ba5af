// What stands in the source tree? Files, their text, and what each imports, read by a real parser.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'vite';

/** One relative import of a file, as the path of what it imports. */
export interface Import {
  readonly to: string;
  readonly typeOnly: boolean;
}

/** One file of a folder; `path` is relative to that folder, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder of the project whose name matches. */
export const filesBelow = (folder: string, name: RegExp): readonly SourceFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ path: path.slice(folder.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));

/** All TypeScript of `src/`, declarations of foreign modules aside. */
export const sources: readonly SourceFile[] = filesBelow('src', /(?<!\.d)\.tsx?$/);

/** The relative imports and re-exports of a file, and every package it names. */
export function importsOf({ path, text }: SourceFile): {
  readonly relative: readonly Import[];
  readonly packages: readonly string[];
} {
  const { module } = parseSync(path, text);
  const named = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      name: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null ? [] : [{ name: moduleRequest.value, typeOnly: isType }],
      ),
    ),
    // Whatever is imported while running counts with its whole expression.
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      name: text.slice(moduleRequest.start, moduleRequest.end).replaceAll(/['"`]/g, ''),
      typeOnly: false,
    })),
  ];
  return {
    relative: named
      .filter(({ name }) => name.startsWith('.'))
      .map(({ name, typeOnly }) => ({ to: normalize(join(dirname(path), name)).replaceAll('\\', '/'), typeOnly })),
    packages: named.filter(({ name }) => !name.startsWith('.')).map(({ name }) => name),
  };
}

/** The background's own room within `extension`: nothing outside of it may import it. */
const BACKGROUND = 'extension/background';

/** The room of a file: its first folder, or its own name where it stands at the top. */
export const roomOf = (path: string): string =>
  path.startsWith(`${BACKGROUND}/`) ? BACKGROUND : (path.split('/')[0] ?? path);

/** Names and member accesses (`Date.now`) that occur in the code itself, comments and strings aside. */
export function namesUsed({ path, text }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const members = new Map(Object.entries(node));
    const nameOf = (value: unknown): string | null => {
      const name: unknown =
        typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get('name') : null;
      return typeof name === 'string' ? name : null;
    };
    const type: unknown = members.get('type');
    if (type === 'Identifier') names.add(String(members.get('name')));
    if (type === 'MemberExpression') names.add(`${nameOf(members.get('object'))}.${nameOf(members.get('property'))}`);
    const given: unknown = members.get('arguments');
    if (type === 'NewExpression' || type === 'CallExpression') {
      const callee = nameOf(members.get('callee'));
      if (callee === 'Date' && (type === 'CallExpression' || (Array.isArray(given) && given.length === 0)))
        names.add('Date()');
    }
    for (const value of members.values()) visit(value);
  };
  visit(parseSync(path, text).program);
  return names;
}
