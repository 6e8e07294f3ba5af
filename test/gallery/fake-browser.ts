// What do pages need of a browser to be drawn outside one? The English messages, and public suffixes.

import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { publicSuffixes } from '../../src/cli/public-suffixes.ts';

/** A message as `_locales` has it. */
export interface Message {
  readonly message: string;
  readonly description?: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string; readonly example?: string }>>;
}

/** The English inventory by name. */
export const INVENTORY: ReadonlyMap<string, Message> = new Map(Object.entries<Message>(messages));

/** The English messages by name. */
export const MESSAGES: ReadonlyMap<string, string> = new Map(
  [...INVENTORY].map(([key, { message }]) => [key, message]),
);

/** As browsers do it: `$NAME$` stands for what the placeholder names, `$1` to `$9`; an unknown name is empty. */
export function fill({ message, placeholders = {} }: Message, substitutions: readonly string[]): string {
  return message
    .replaceAll(/\$(\w+)\$/g, (_, name: string) => placeholders[name.toLowerCase()]?.content ?? '')
    .replaceAll(/\$([1-9])/g, (_, place: string) => substitutions[Number(place) - 1] ?? '');
}

const getMessage = (key: string, substitutions: readonly string[] = []): string => {
  const message = INVENTORY.get(key);
  return message === undefined ? '' : fill(message, substitutions);
};

// A browser whose own language has no texts here shows the English ones. The pages' modules look for `browser` as soon
// as they are loaded: import this file before them.
Object.assign(globalThis, {
  browser: {
    i18n: { getMessage, getUILanguage: () => 'de' },
    publicSuffix: {
      isKnownSuffix: (name: string) => publicSuffixes.isPublicSuffix(name),
      getDomain: (name: string) => publicSuffixes.registrableDomain(name),
    },
  },
});
