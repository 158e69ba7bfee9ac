import { InvalidInputError } from '../../ground/errors.js';

const SHOW = '`terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json`';

/** What is given in place of the JSON of a plan. */
const MISTAKEN: readonly {
  readonly fits: (text: string) => boolean;
  readonly what: string;
  readonly remedy: string;
}[] = [
  {
    fits: (text) => text.startsWith('PK\u0003'),
    what: 'it is the plan as Terraform keeps it, not JSON',
    remedy: 'Convert it with `terraform show -json plan.bin > plan.json`.',
  },
  {
    fits: (text) => /^\{\s*"@(?:level|message|module|timestamp)"/.test(text),
    what: 'it is the log of `terraform plan -json`, which has no plan',
    remedy: `Write the plan with ${SHOW}.`,
  },
  {
    fits: (text) => text.slice(0, 3).includes('\u0000'),
    what: 'it is UTF-16, as `>` of PowerShell writes it',
    remedy: 'Write it as UTF-8: `terraform show -json plan.bin | Out-File -Encoding utf8 plan.json`.',
  },
];

/**
 * The JSON in a text: without a byte order mark, and without the lines that the wrapper of `hashicorp/setup-terraform`
 * prints around it (`[command]/…/terraform-bin show -json`, `::debug::…`).
 * @throws {InvalidInputError} `INVALID_INPUT` where the text is a plan in another form, with how to convert it.
 */
export function unwrapped(text: string, file: string | undefined): string {
  const bare = text.replace(/^\uFEFF/, '').trim();
  const mistaken = MISTAKEN.find(({ fits }) => fits(bare.slice(0, 200)));
  if (mistaken !== undefined) throw refused(mistaken.what, mistaken.remedy, file);
  if (bare.startsWith('{')) return bare.endsWith('}') ? bare : upToLast(bare);

  const wrapped = /^(?:\[command\]|::)[^\n]*\n(?:(?:\[command\]|::)[^\n]*\n)*\s*(?=\{)/.exec(bare);
  if (wrapped !== null) return upToLast(bare.slice(wrapped[0].length));

  throw refused(bare === '' ? 'it is empty' : 'it is not JSON', `Write the plan with ${SHOW}.`, file);
}

/** Lines behind the JSON that begin with neither a brace nor a bracket. A text that is cut off stays as it is. */
function upToLast(text: string): string {
  const [json] = /^[^]*\}(?=\s*\n(?:::|\[)[^{}]*$)/.exec(text) ?? [text];
  return json;
}

function refused(what: string, remedy: string, file: string | undefined): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${file ?? 'the plan'}: ${what}`, { place: { file }, remedy });
}
