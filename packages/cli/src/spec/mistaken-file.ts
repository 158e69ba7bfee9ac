import { InvalidInputError } from '@postern/core/internal/library';

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

/** Files of other tools. */
const OTHERS: readonly (readonly [is: (text: string) => boolean, what: string, remedy: (file: string) => string])[] = [
  [
    (text) =>
      /^(?:(?:resource|data) "[^"\n]*" "[^"\n]*"|(?:module|provider|variable|output) "[^"\n]*"|terraform|locals) \{/m.test(
        text,
      ),
    'a configuration of Terraform',
    () => 'Check its plan: `terraform plan -out plan.tfplan`, then `postern check --terraform plan.tfplan`.',
  ],
  [
    (text) => /^apiVersion:/m.test(text) && /^kind:/m.test(text),
    'a manifest of Kubernetes',
    () => 'Write a spec: `postern init` begins one. A target may be the load balancer of the service.',
  ],
  [
    (text) => /^services:/m.test(text) && /^ +(?:image|build):/m.test(text),
    'a file of Docker Compose',
    () => 'Write a spec: `postern init` begins one.',
  ],
];

type Members = Readonly<Record<string, unknown>>;

/**
 * The error for a file of Postern in the place of another one, whatever it is called: a saved plan instead of a spec; and for a file
 * of another tool. Undefined where the text is none of them. It is for texts that were refused: each is read as a whole.
 */
export function mistakenFile(text: string, file: string, expected: string): InvalidInputError | undefined {
  const isJson = text.trimStart().startsWith('{');
  const members = isJson ? membersOf(text) : {};
  const ofPostern = FILES.find(([is, name]) => name !== expected && is(members));
  const [, what, remedy] = (isJson ? ofPostern : OTHERS.find(([is]) => is(text))) ?? [];
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
