// Completion of a spec from its JSON Schema: which keys and values may be at a place of a YAML text.

/** What of JSON Schema the schema of a spec uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
}

export interface Choice {
  readonly label: string;
  /** What is inserted. */
  readonly apply: string;
  readonly kind: 'key' | 'value';
  readonly info?: string | undefined;
}

export interface Completion {
  /** Where the word begins that is completed. */
  readonly from: number;
  readonly choices: readonly Choice[];
}

/** A key on the way to a place; a number is an item of a list. */
type Step = string | number;

interface Place {
  readonly path: readonly Step[];
  readonly from: number;
  /** Whether a key begins here, or the value of the last step of the path. */
  readonly is: 'key' | 'value';
  /** Whether the text is inside of braces or brackets. */
  readonly isFlow: boolean;
  /** Keys that the map has already. */
  readonly present: readonly string[];
}

/** The longest word that is completed, and the most choices. */
const MOST_CHOICES = 60;

/** What may be written at an offset of a spec. Undefined in a comment, and where nothing is known. */
export function complete(text: string, offset: number, schema: Schema): Completion | undefined {
  const place = placeAt(text, offset);
  if (place === undefined) return undefined;
  const schemas = schemasAt([schema], place.path);
  const choices = place.is === 'key' ? keysOf(schemas, place) : [...namesFor(place.path, text), ...valuesOf(schemas)];
  const unique = [...new Map(choices.map((one) => [one.label, one])).values()];
  return unique.length === 0 ? undefined : { from: place.from, choices: unique.slice(0, MOST_CHOICES) };
}

/** Follows a path; a union is all of its branches. */
function schemasAt(schemas: readonly Schema[], path: readonly Step[]): readonly Schema[] {
  let found = schemas.flatMap(branches);
  for (const step of path) {
    found = found.flatMap(({ properties, additionalProperties, items }) => {
      if (typeof step === 'number') return items === undefined ? [] : branches(items);
      const own = properties !== undefined && Object.hasOwn(properties, step) ? properties[step] : undefined;
      const other = typeof additionalProperties === 'object' ? additionalProperties : undefined;
      const next = own ?? other;
      return next === undefined ? [] : branches(next);
    });
  }
  return found;
}

function branches(schema: Schema): readonly Schema[] {
  const some = schema.anyOf ?? schema.oneOf;
  return some === undefined ? [schema] : [schema, ...some.flatMap(branches)];
}

function keysOf(schemas: readonly Schema[], { isFlow, present }: Place): readonly Choice[] {
  return schemas.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([key, schema]): Choice[] => {
      if (present.includes(key) || key === '$schema') return [];
      const isBlock =
        !isFlow &&
        branches(schema).some((one) => one.properties !== undefined || typeof one.additionalProperties === 'object');
      return [{ label: key, apply: isBlock ? `${key}:` : `${key}: `, kind: 'key', info: schema.description }];
    }),
  );
}

function valuesOf(schemas: readonly Schema[]): readonly Choice[] {
  return schemas.flatMap((schema) => {
    const certain = [...(schema.enum ?? []), ...('const' in schema ? [schema.const] : [])];
    const flags = schema.type === 'boolean' ? [true, false] : [];
    return [...certain, ...flags, ...(schema.examples ?? [])].map((one): Choice => {
      const written = valueText(one);
      return { label: written, apply: written, kind: 'value', info: schema.description };
    });
  });
}

/** A value in flow style, which is on one line. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, one]) => `${valueText(key)}: ${valueText(one)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  return /^[A-Za-z$/][\w./$-]*$/.test(value) && !/^(?:true|false|null|yes|no)$/i.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}

/** Names that the text itself has: links for `link`, targets for a route. */
function namesFor(path: readonly Step[], text: string): readonly Choice[] {
  const [first, name, member, ...more] = path;
  if (first !== 'integrations') return [];
  const of =
    member === 'link' && more.length === 0
      ? ['links']
      : member === 'routes' && more.length > 0 && (more.length === 1 || more[1] === 'target')
        ? ['integrations', name ?? '', 'targets']
        : undefined;
  return of === undefined ? [] : keysBelow(text, of).map((label) => ({ label, apply: label, kind: 'value' as const }));
}

const KEY = /^(\s*(?:- +)*)((?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s#'"[\]{},:][^#:{}[\],]*?))\s*:(?= |$)/;

const plain = (key: string): string => key.replace(/^(['"])(.*)\1$/s, '$2');

/** The keys of the map at a path, as far as it is in block style, or in braces on one line. */
function keysBelow(text: string, path: readonly Step[]): readonly string[] {
  const found: string[] = [];
  const stack: { indent: number; key: string }[] = [];
  for (const line of text.split('\n')) {
    const [, indent = '', key] = KEY.exec(line) ?? [];
    if (key === undefined) continue;
    while ((stack.at(-1)?.indent ?? -1) >= indent.length) stack.pop();
    if (stack.map((one) => one.key).join('\0') === path.join('\0')) found.push(plain(key));
    stack.push({ indent: indent.length, key: plain(key) });
    const inside = /:\s*\{(.*)\}/.exec(line)?.[1];
    if (inside !== undefined && stack.map((one) => one.key).join('\0') === path.join('\0')) {
      found.push(...flowKeys(inside));
    }
  }
  return found;
}

/** The keys of the outermost map of the inside of braces. */
function flowKeys(inside: string): readonly string[] {
  let depth = 0;
  let own = '';
  for (const char of inside) {
    if ('{['.includes(char)) depth += 1;
    if (depth === 0) own += char;
    if ('}]'.includes(char)) depth -= 1;
  }
  return own.split(',').flatMap((part) => plain(/^\s*('[^']*'|"[^"]*"|[^:]+?)\s*:/.exec(part)?.[1] ?? '') || []);
}

/** The place of an offset, by the lines before it. Undefined in a comment. */
function placeAt(text: string, offset: number): Place | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start, offset);
  if (/(?:^|\s)#/.test(line.replace(/'[^']*'|"[^"]*"/g, ''))) return undefined;
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  const flow = flowAt(line);
  const [, indent = '', key] = KEY.exec(line) ?? [];
  if (flow === undefined && key === undefined) {
    const [, blank = '', word = ''] = /^(\s*(?:- +)*)(.*)$/.exec(line) ?? [];
    const items = blank.includes('-');
    const path = parents(lines, blank.length, items);
    return {
      path,
      from: offset - word.length,
      is: 'key',
      isFlow: false,
      present: siblings(text, start, blank.length, items),
    };
  }
  const outer = [...parents(lines, indent.length, indent.includes('-')), ...(key === undefined ? [] : [plain(key)])];
  if (flow === undefined) {
    const word = /:\s*(\S*)$/.exec(line)?.[1];
    return word === undefined
      ? undefined
      : { path: outer, from: offset - word.length, is: 'value', isFlow: false, present: [] };
  }
  return { ...flow, path: [...outer, ...flow.path], from: offset - flow.word.length, isFlow: true };
}

/** A key or an item of a list, at its column. */
interface Frame {
  readonly column: number;
  readonly step: Step;
}

/** The keys and items around a column, after some lines. `isItem`: a `- ` is before it on its own line. */
function parents(lines: readonly string[], column: number, isItem: boolean): readonly Step[] {
  let frames: readonly Frame[] = [];
  for (const line of lines) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const [before = ''] = /^(?: *- +)* */.exec(line) ?? [];
    for (const { index } of before.matchAll(/-/g))
      frames = [...within(frames, index, true), { column: index, step: 0 }];
    const [, , key] = KEY.exec(line) ?? [];
    frames = within(frames, before.length, false);
    if (key !== undefined) frames = [...frames, { column: before.length, step: plain(key) }];
  }
  const dash = isItem ? [...within(frames, column - 2, true), { column: column - 2, step: 0 }] : frames;
  return within(dash, column, false).map(({ step }) => step);
}

/** The frames that hold what begins at a column. A list may begin at the column of its key. */
function within(frames: readonly Frame[], column: number, isDash: boolean): readonly Frame[] {
  return frames.filter(
    (one) => one.column < column || (isDash && one.column === column && typeof one.step === 'string'),
  );
}

/** Keys at the same column around a line, up to a line with a smaller one. Those before an item are of another map. */
function siblings(text: string, start: number, column: number, isItem: boolean): readonly string[] {
  const before = text.slice(0, start).split('\n').slice(0, -1).reverse();
  const after = text.slice(start).split('\n').slice(1);
  const found: string[] = [];
  for (const lines of isItem ? [after] : [before, after]) {
    for (const line of lines) {
      if (/^\s*(?:#.*)?$/.test(line)) continue;
      const [, blank = '', key] = KEY.exec(line) ?? [];
      const isFirst = blank.includes('-');
      if (lines === after && isFirst && blank.length <= column) break;
      if (key !== undefined && blank.length === column) found.push(plain(key));
      if ((/^\s*/.exec(line)?.[0].length ?? 0) < column || isFirst) break;
    }
  }
  return found;
}

interface Flow {
  readonly path: readonly Step[];
  readonly is: 'key' | 'value';
  readonly word: string;
  readonly present: readonly string[];
}

/** The place inside of braces and brackets that are open at the end of a line. */
function flowAt(line: string): Flow | undefined {
  const open: { sign: string; key: string | undefined; present: string[]; begin: number }[] = [];
  let quote = '';
  for (const [at, char] of [...line].entries()) {
    const top = open.at(-1);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '{' || char === '[') {
      if (top === undefined && !/(?:^|[:\-\s])\s*$/.test(line.slice(0, at))) return undefined;
      open.push({ sign: char, key: undefined, present: [], begin: at + 1 });
    } else if (char === '}' || char === ']') open.pop();
    else if (top !== undefined && char === ',') Object.assign(top, { key: undefined, begin: at + 1 });
    else if (top?.sign === '{' && char === ':' && top.key === undefined) {
      top.key = plain(line.slice(top.begin, at).trim());
      top.present.push(top.key);
      top.begin = at + 1;
    }
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const path = open.flatMap(({ sign, key }): Step[] => (sign === '[' ? [0] : key === undefined ? [] : [key]));
  const is = last.sign === '{' && last.key === undefined ? 'key' : 'value';
  return { path, is, word: line.slice(last.begin).trimStart(), present: last.present };
}
