import { isMap, isScalar, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { InvalidInputError } from '../../ground/errors.js';

export interface EditedSpec {
  readonly text: string;
  /** What was edited, one text each: `links.eu.id: vlink1 → vlink2 (line 4)`. */
  readonly changes: readonly string[];
  /** What must be edited by hand, one sentence each. */
  readonly left: readonly string[];
}

export type Map = YAMLMap;

/** A value of a spec that gets another one. */
export interface ValueEdit {
  readonly node: Scalar;
  readonly path: string;
  readonly to: string | number;
}

/** What a text holds. @throws {InvalidInputError} `INVALID_YAML` */
export function contentsOf(source: string, file: string | undefined): unknown {
  const document = parseDocument(source, { uniqueKeys: false, prettyErrors: false, logLevel: 'error', version: '1.2' });
  const [problem] = document.errors;
  if (problem !== undefined) throw new InvalidInputError('INVALID_YAML', problem.message, { place: { file } });

  return document.contents;
}

/** Replaces values in the text, the last first, so that the places before it stay. */
export function replaced(source: string, edits: readonly ValueEdit[]): Pick<EditedSpec, 'text' | 'changes'> {
  const placed = edits
    .flatMap(({ node, ...edit }) => (node.range ? [{ ...edit, was: String(node.value), at: node.range }] : []))
    .toSorted((a, b) => a.at[0] - b.at[0]);
  let text = source;
  for (const { at, to } of placed.toReversed()) {
    text = text.slice(0, at[0]) + written(source.charAt(at[0]), to) + text.slice(at[1]);
  }
  const changes = placed.map(({ path, was, to, at }) => {
    const line = source.slice(0, at[0]).split('\n').length;
    return `${path}: ${was} → ${to} (line ${line})`;
  });
  return { text, changes };
}

/** A value as the text had it: in quotes where it had them, or where it would not be read as a text without. */
function written(first: string, value: string | number): string {
  if (typeof value === 'number') return String(value);
  if (first === "'") return `'${value.replaceAll("'", "''")}'`;

  return first !== '"' && /^(?=\D*\d)[a-z][a-z0-9-]*$/i.test(value) ? value : JSON.stringify(value);
}

export function mapAt(node: unknown, key: string): Map | undefined {
  const found = isMap(node) ? node.get(key) : undefined;
  return isMap(found) ? found : undefined;
}

export function entriesOf(map: Map | undefined): readonly (readonly [name: string, value: Map])[] {
  const pairs = (map?.items ?? []) as readonly Pair[];
  return pairs.flatMap(({ key, value }) => (isMap(value) ? [[textOf(key), value] as const] : []));
}

export function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
