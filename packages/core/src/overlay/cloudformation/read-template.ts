import { isObject } from '../../ground/json.js';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { InvalidInputError } from '../../ground/errors.js';
import { refuseOthers } from '../declared/mistaken.js';
import { MAX_PLAN_DEPTH, parsePlan, type Value } from '../declared/values.js';

type Members = { readonly [name: string]: Value };

/** What is used of a template. */
export interface Template {
  readonly parameters: Readonly<Record<string, Members>>;
  readonly mappings: Value;
  readonly conditions: Readonly<Record<string, Value>>;
  readonly resources: Readonly<Record<string, Members>>;
  readonly outputs: Readonly<Record<string, Members>>;
  /** Macros that change it; a processed template has none. */
  readonly transform: Value | undefined;
}

const GET = '`aws cloudformation get-template --change-set-name … --template-stage Processed`';

/** Templates have at most 1 MB. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_LENGTH = 16 * 1024 * 1024;
/** Values that a template may have once its aliases are written out. */
const MAX_VALUES = 500_000;

/**
 * Reads a template: JSON, YAML with the short forms of functions (`!Ref`), or the answer of `get-template`.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INVALID_YAML`, `INPUT_TOO_LARGE`
 */
export function readTemplate(text: string, file?: string): Template {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.length > MAX_LENGTH)
    throw new InvalidInputError('INPUT_TOO_LARGE', `${file ?? 'the template'}: longer than a template may be`, {
      place: { file },
    });

  const value = bare.trimStart().startsWith('{') ? (parsePlan(bare, file) as Value) : yamlValue(bare, file);
  refuseOthers(value, 'template', file);
  const body = membersOf(value)['TemplateBody'];
  if (typeof body === 'string') return readTemplate(body, file);

  const members = membersOf(body ?? value);
  if (members['Resources'] === undefined)
    throw new InvalidInputError('INVALID_INPUT', `${file ?? 'the template'}: it has no \`Resources\``, {
      place: { file },
      remedy: `Give a template. That of a change set is written by ${GET}.`,
    });

  return {
    parameters: named(members['Parameters']),
    mappings: members['Mappings'] ?? null,
    conditions: membersOf(members['Conditions']),
    resources: named(members['Resources']),
    outputs: named(members['Outputs']),
    transform: members['Transform'],
  };
}

export function membersOf(value: Value | undefined): Members {
  return isObject(value) ? value : {};
}

function named(value: Value | undefined): Readonly<Record<string, Members>> {
  return Object.fromEntries(Object.entries(membersOf(value)).map(([name, one]) => [name, membersOf(one)]));
}

function yamlValue(text: string, file: string | undefined): Value {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const [problem] = document.errors;
  if (problem !== undefined)
    throw new InvalidInputError('INVALID_YAML', problem.message, {
      place: { file, line: text.slice(0, problem.pos[0]).split('\n').length },
    });

  return new Reader(document, file).value(document.contents);
}

/** Turns nodes into values, the short forms of functions into their long forms. */
class Reader {
  #left = MAX_VALUES;

  constructor(
    readonly document: Document,
    readonly file: string | undefined,
  ) {}

  value(node: unknown, depth = 0): Value {
    this.#left -= 1;
    if (this.#left < 0 || depth > MAX_PLAN_DEPTH)
      throw new InvalidInputError(
        'INPUT_TOO_LARGE',
        `${this.file ?? 'the template'}: ${this.#left < 0 ? 'too many values' : `nested deeper than ${MAX_PLAN_DEPTH}`}`,
        { place: { file: this.file } },
      );
    if (isAlias(node)) return this.value(node.resolve(this.document), depth + 1);

    const plain = this.#plain(node, depth + 1);
    const tag = (node as Node | null | undefined)?.tag;
    return typeof tag === 'string' && /^![A-Za-z]/.test(tag) ? longForm(tag.slice(1), plain) : plain;
  }

  #plain(node: unknown, depth: number): Value {
    if (isMap(node))
      return Object.fromEntries(
        node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', this.value(value, depth)]),
      );
    if (isSeq(node)) return node.items.map((one) => this.value(one, depth));

    const value = isScalar(node) ? node.value : null;
    return typeof value === 'object' || value === undefined ? null : (value as Value);
  }
}

/** `!GetAtt a.b` is `{ "Fn::GetAtt": ["a", "b"] }`. */
function longForm(name: string, value: Value): Value {
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };

  const at = value.indexOf('.');
  return { 'Fn::GetAtt': [value.slice(0, at), value.slice(at + 1)] };
}
