import { InvalidInputError } from '@postern/core';

/** Files that Postern writes, and the option that takes each. */
const FILES: readonly (readonly [is: (file: Members) => boolean, what: string, remedy: (file: string) => string])[] = [
  [
    ({ kind }) => kind === 'move',
    'a plan of a move',
    (file) => `Carry it out with \`postern migrate run --plan ${file}\`.`,
  ],
  [
    ({ goal, units }) => goal !== undefined && units !== undefined,
    'a plan of changes',
    (file) => `Carry it out with \`postern apply --plan ${file}\`.`,
  ],
  [
    ({ takenAt, regions }) => takenAt !== undefined && regions !== undefined,
    'a snapshot',
    (file) => `Name it with --snapshot, as in \`postern check --snapshot ${file}\`; plan and apply read the clouds.`,
  ],
  [
    ({ findings }) => Array.isArray(findings) && (findings[0] as Members | undefined)?.['fingerprint'] !== undefined,
    'a baseline',
    (file) => `Name it with --baseline, as in \`postern check --baseline ${file}\`.`,
  ],
];

type Members = Readonly<Record<string, unknown>>;

/**
 * The error for a file of Postern in the place of another one, whatever it is called: a saved plan instead of a spec. Undefined where
 * the text is none of them. It is for texts that were refused: each is read as a whole.
 */
export function mistakenFile(text: string, file: string, expected: string): InvalidInputError | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const members = membersOf(text);
  const [, what, remedy] = FILES.find(([is, name]) => name !== expected && is(members)) ?? [];
  if (what === undefined || remedy === undefined) return undefined;
  return new InvalidInputError('INVALID_INPUT', `${file}: this is ${what}, not ${expected}`, {
    place: { file },
    remedy: remedy(file),
  });
}

function membersOf(text: string): Members {
  try {
    return JSON.parse(text) as Members;
  } catch {
    return {};
  }
}
