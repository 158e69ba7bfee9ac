import { isObject } from '../../ground/json.js';
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { firstDocument } from '../../spec/source/first-document.js';
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

/** Templates have at most 1 MB; the answer of `get-template` escapes them. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_LENGTH = 4 * 1024 * 1024;
const MOST_RESOURCES = 500;
/** Values that a template may have once its aliases are written out. */
const MAX_VALUES = 500_000;

/**
 * Reads a template: JSON, YAML with the short forms of functions (`!Ref`), or the answer of `get-template`.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INVALID_YAML`, `INPUT_TOO_LARGE`
 */
export function readTemplate(text: string, file?: string): Template {
  const value = valueOf(text, file);
  refuseOthers(value, 'template', file);
  const answered = membersOf(value)['TemplateBody'];
  const members = membersOf(typeof answered === 'string' ? valueOf(answered, file) : (answered ?? value));
  if (members['Resources'] === undefined)
    throw new InvalidInputError('INVALID_INPUT', `${file ?? 'the template'}: it has no \`Resources\``, {
      place: { file },
      remedy: `Give a template. That of a change set is written by ${GET}.`,
    });

  const count = Object.keys(membersOf(members['Resources'])).length;
  if (count > MOST_RESOURCES)
    throw tooLarge(file, `it has ${count} resources, and a stack has at most ${MOST_RESOURCES}`);

  return {
    parameters: named(members['Parameters']),
    mappings: members['Mappings'] ?? null,
    conditions: membersOf(members['Conditions']),
    resources: named(members['Resources']),
    outputs: named(members['Outputs']),
    transform: members['Transform'],
  };
}

function valueOf(text: string, file: string | undefined): Value {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.length > MAX_LENGTH) throw tooLarge(file, 'longer than a template may be');

  return bare.trimStart().startsWith('{') ? textualJson(bare, file) : yamlValue(bare, file);
}

/**
 * JSON whose numbers have the text that the file has: `1.0` is a version, and no `1`. A number that JavaScript writes in
 * the same way is a number.
 */
export function textualJson(text: string, file: string | undefined): Value {
  const value = parsePlan(text, file) as Value;
  if (!/\d\.\d/.test(text)) return value;

  const quoted = text.replaceAll(/"(?:[^"\\]|\\[^])*"?|-?(?<!\d)\d+\.\d+(?![\deE])/g, (one) =>
    one.startsWith('"') || String(Number(one)) === one ? one : `"${one}"`,
  );
  return quoted.length === text.length ? value : (parsePlan(quoted, file) as Value);
}

function tooLarge(file: string | undefined, what: string): InvalidInputError {
  return new InvalidInputError('INPUT_TOO_LARGE', `${file ?? 'the template'}: ${what}`, { place: { file } });
}

export function membersOf(value: Value | undefined): Members {
  return isObject(value) ? value : {};
}

function named(value: Value | undefined): Readonly<Record<string, Members>> {
  return Object.fromEntries(Object.entries(membersOf(value)).map(([name, one]) => [name, membersOf(one)]));
}

/** Tags of YAML 1.1 that CloudFormation does not have. */
const NO_TAGS = /:(?:binary|merge|omap|pairs|set|timestamp)$/;

/**
 * YAML 1.1 without aliases in a template's own words: `yes` and `on` are true, `0644` is octal.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * @see https://github.com/ASFHyP3/hyp3/pull/2061 a stack with `Value: YES` had the tag `true`
 */
function yamlValue(text: string, file: string | undefined): Value {
  const { document, problem } = firstDocument(text, {
    schema: 'yaml-1.1',
    customTags: (tags) => tags.filter((one) => typeof one === 'string' || !NO_TAGS.test(one.tag)),
    uniqueKeys: false,
  });
  if (problem === undefined) return new Reader(file).value(document?.contents);

  if (problem.code === 'RESOURCE_EXHAUSTION') throw tooLarge(file, `nested deeper than ${MAX_PLAN_DEPTH}`);

  const place = { file, line: text.slice(0, problem.offset).split('\n').length };
  throw problem.code === 'MULTIPLE_DOCS'
    ? new InvalidInputError('INVALID_YAML', `${file ?? 'the template'}: it has several documents (\`---\`)`, {
        place,
        remedy: 'Write each template into a file of its own.',
      })
    : new InvalidInputError('INVALID_YAML', problem.message, { place });
}

/** A value with an anchor: how many values it has, and how deep it is. */
interface Anchored {
  readonly value: Value;
  readonly values: number;
  readonly height: number;
}

/** Turns nodes into values, the short forms of functions into their long forms. An alias is the value of its anchor, which is counted anew. */
class Reader {
  #left = MAX_VALUES;
  #deepest = 0;
  readonly #anchored = new Map<string, Anchored>();

  constructor(readonly file: string | undefined) {}

  value(node: unknown, depth = 0): Value {
    if (isAlias(node)) {
      const known = this.#anchored.get(node.source);
      this.#spend(known?.values ?? 1, depth + (known?.height ?? 0));
      return known?.value ?? null;
    }
    const { anchor } = (node ?? {}) as { readonly anchor?: string };
    if (anchor === undefined) return this.#read(node, depth);

    const [left, deepest] = [this.#left, this.#deepest];
    this.#deepest = depth;
    const value = this.#read(node, depth);
    this.#anchored.set(anchor, { value, values: left - this.#left, height: this.#deepest - depth });
    this.#deepest = Math.max(deepest, this.#deepest);
    return value;
  }

  #spend(values: number, depth: number): void {
    this.#left -= values;
    this.#deepest = Math.max(this.#deepest, depth);
    if (this.#left < 0) throw tooLarge(this.file, 'too many values');
    if (depth > MAX_PLAN_DEPTH) throw tooLarge(this.file, `nested deeper than ${MAX_PLAN_DEPTH}`);
  }

  #read(node: unknown, depth: number): Value {
    this.#spend(1, depth);
    const plain = this.#plain(node, depth + 1);
    const tag = (node as Node | null | undefined)?.tag;
    return typeof tag === 'string' && /^![A-Za-z]/.test(tag) ? longForm(tag.slice(1), plain) : plain;
  }

  #plain(node: unknown, depth: number): Value {
    if (isMap(node))
      return Object.fromEntries(
        node.items.map(({ key, value }) => [
          isScalar(key) ? (key.source ?? String(key.value)) : '',
          this.value(value, depth),
        ]),
      );
    if (isSeq(node)) return node.items.map((one) => this.value(one, depth));

    return isScalar(node) ? scalar(node) : null;
  }
}

/** A number that JavaScript would write in another way is the text that the file has: `1.0`. */
function scalar({ value, source = '' }: Scalar): Value {
  if (typeof value === 'number' && (/\.\d/.test(source) ? String(value) !== source : !Number.isSafeInteger(value)))
    return source;

  return typeof value === 'object' || value === undefined ? null : (value as Value);
}

/** `!GetAtt a.b` is `{ "Fn::GetAtt": ["a", "b"] }`. */
function longForm(name: string, value: Value): Value {
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };

  const at = value.indexOf('.');
  return { 'Fn::GetAtt': [value.slice(0, at), value.slice(at + 1)] };
}
