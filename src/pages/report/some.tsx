// Long lists of names: the first few, the others behind a fold.

import { hostWords } from '../../extension/host-name.ts';
import { counted } from '../text/messages.ts';

const FEW = 4;

const Names = ({ names }: { readonly names: readonly string[] }) => (
  <ul>
    {names.map((name) => (
      <li key={name}>
        <bdi dir="ltr">{hostWords(name)}</bdi>
      </li>
    ))}
  </ul>
);

export const SomeNames = ({ names }: { readonly names: readonly string[] }) =>
  names.length <= FEW + 1 ? (
    <Names names={names} />
  ) : (
    <>
      <Names names={names.slice(0, FEW)} />
      <details class="fold">
        <summary>{counted('more_names', names.length - FEW)}</summary>
        <Names names={names.slice(FEW)} />
      </details>
    </>
  );
