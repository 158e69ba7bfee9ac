import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLError } from 'yaml';
import type { ErrorCode } from '../../ground/error-codes.js';
import { InvalidInputError } from '../../ground/errors.js';
import { lineAndColumn } from '../../ground/text/line-and-column.js';
import { emptyMap, formatPath, type KeyPath, type Plain, type SourceNode } from './source-node.js';
import type { ReadText, ReadTextOptions } from './read-data.js';
import { scanText } from './scan-yaml.js';
import { MAX_ALIASED_VALUES } from './spec-limits.js';

/**
 * Parses YAML 1.2 into plain data: no tags, no merge keys, no duplicate keys, string keys only, exact
 * numbers. The order matters: {@link scanText} runs first.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_YAML`, with line and column.
 */
export function readYaml(source: string, options: ReadTextOptions): ReadText {
  const text = scanText(source, options.file);
  const fail = (message: string, offset: number, remedy?: string): InvalidInputError =>
    new InvalidInputError('INVALID_YAML', message, {
      remedy,
      place: { file: options.file, ...lineAndColumn(text, offset) },
    });

  // Its own check for duplicate keys is quadratic; `Reader` has one that is not.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error', version: '1.2' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw fail(problem.message, problem.pos[0], remedyOf(problem, text));
  if (document.directives.yaml.version !== '1.2') {
    throw fail('the text declares YAML 1.1, in which `no` is a boolean', 0, 'Remove the %YAML line.');
  }

  const reader = new Reader(text, options.file);
  const { contents } = document;
  return { text, value: reader.read(contents, []), root: () => (contents === null ? undefined : yamlNode(contents)) };
}

function remedyOf({ code, message, pos: [offset] }: YAMLError, text: string): string | undefined {
  const [line = ''] = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1);
  const [, variable] = /^[^{[,]*[{[,].*?(?<!['"])(\$\{(?:env|var):\w+\})/.exec(line) ?? [];
  if (variable !== undefined) return `Quote it, because it stands inside \`{ }\` or \`[ ]\`: '${variable}'.`;

  // `BAD_INDENT` also where a `[` or `{` is not closed.
  const [, end] = / and end with a ([\]}])$/.exec(message) ?? [];
  return end === undefined ? REMEDIES[code] : `Write the missing \`${end}\`, or indent the lines before it.`;
}

const REMEDIES: Readonly<Record<string, string>> = {
  MULTILINE_IMPLICIT_KEY: 'Write each key with a colon, such as `project: shop`, and its value on the same line.',
  BAD_INDENT: 'Indent with spaces, and all keys of one map alike.',
  TAB_AS_INDENT: 'Indent with spaces.',
  MULTIPLE_DOCS: 'One file holds one spec: remove what follows `---`.',
  TAG_RESOLVE_FAILED: 'Remove the tag (the word that begins with `!`), or quote the text.',
  MISSING_CHAR: 'Quote the value, or close what was opened.',
};

/** Turns nodes into plain data, and refuses what YAML allows and a spec does not need. */
class Reader {
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #aliased = 0;
  #inAlias = 0;

  constructor(
    readonly text: string,
    readonly file: string | undefined,
  ) {}

  read(node: unknown, path: KeyPath): Plain {
    if (node === null || node === undefined) return null;

    if (this.#inAlias > 0) {
      this.#aliased += 1;
      if (this.#aliased > MAX_ALIASED_VALUES) {
        throw this.#fail(
          node,
          path,
          'the aliases expand to too many values',
          'Write the values out.',
          'INPUT_TOO_LARGE',
        );
      }
    }
    if (isAlias(node)) return this.#alias(node.source, node, path);

    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return this.#scalar(node.value, node, path);
    if (!isCollection(node)) throw this.#fail(node, path, 'a value is missing here');

    this.#open.add(node);
    const value = isMap(node)
      ? this.#map(node.items, path)
      : node.items.map((item, at) => this.read(item, [...path, at]));
    this.#open.delete(node);
    return value;
  }

  #alias(name: string, node: Node, path: KeyPath): Plain {
    const target = this.#anchors.get(name);
    if (target === undefined)
      throw this.#fail(
        node,
        path,
        `the anchor &${name} is not defined before this alias`,
        'Write the anchor at an earlier value, or write the value out.',
      );
    if (this.#open.has(target))
      throw this.#fail(
        node,
        path,
        `the alias *${name} is inside its own anchor`,
        'Write the value out: an alias repeats a value that ends before it.',
      );

    this.#inAlias += 1;
    const value = this.read(target, path);
    this.#inAlias -= 1;
    return value;
  }

  #map(items: readonly { key: unknown; value: unknown }[], path: KeyPath): Plain {
    const map = emptyMap();
    for (const { key: keyNode, value } of items) {
      const key = isScalar(keyNode) ? keyNode.value : undefined;
      if (typeof key !== 'string') {
        throw this.#fail(keyNode ?? value, path, 'a key must be text', 'Put the key in quotes.');
      }
      if (key === '<<') throw this.#fail(keyNode, path, 'merge keys (`<<`) are not read', 'Write the members out.');
      if (key === '__proto__') throw this.#fail(keyNode, path, 'the key __proto__ is not allowed', 'Remove it.');
      if (Object.hasOwn(map, key)) {
        const message = `the key ${JSON.stringify(key)} is used twice`;
        throw this.#fail(keyNode, [...path, key], message, 'Keep one of the two.');
      }

      map[key] = this.read(value, [...path, key]);
    }
    return map;
  }

  #scalar(value: unknown, node: Node, path: KeyPath): Plain {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;

    if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) {
      if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
    }
    throw this.#fail(node, path, 'this number cannot be represented exactly', 'Write another number, or quote a text.');
  }

  #fail(
    node: unknown,
    path: KeyPath,
    message: string,
    remedy?: string,
    code: ErrorCode = 'INVALID_YAML',
  ): InvalidInputError {
    const at = offsetOf(node);
    const place = {
      file: this.file,
      ...(at === undefined ? {} : lineAndColumn(this.text, at)),
      path: formatPath(path),
    };
    return new InvalidInputError(code, message, { remedy, place });
  }
}

/** A node in the form that the look-up of error positions uses. */
function yamlNode(node: unknown): SourceNode {
  return {
    offset: offsetOf(node),
    isScalar: isScalar(node),
    child: (step) => {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(step));
        return pair && { keyOffset: offsetOf(pair.key), node: yamlNode(pair.value) };
      }
      if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
        return { node: yamlNode(node.items[step]) };
      }

      return undefined;
    },
    keys: () =>
      isMap(node)
        ? node.items.flatMap(({ key }) => (isScalar(key) && typeof key.value === 'string' ? [key.value] : []))
        : [],
  };
}

/** Where a node begins in its text. */
function offsetOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
}
