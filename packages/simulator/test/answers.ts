import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

/** What a script is played in: its operations, and more functions and values that its lines may name. */
export interface Scene {
  readonly answer: (operation: string, input: any, service?: string) => unknown;
}

/**
 * Tests as scripts: titles, and below each the calls of its test with what they answer. Each script has a new scene.
 *
 *     answers('a VPC', newAccount)`
 *       is deleted once
 *         CreateVpc {CidrBlock: 10.0.0.0/16} -> {Vpc.State: pending, Vpc.VpcId: /^vpc-/}
 *         DeleteVpc {VpcId: $VpcId} == {}
 *         DeleteVpc {VpcId: $VpcId} !400 InvalidVpcID.NotFound: The vpc ID '$VpcId' does not exist
 *     `;
 *
 * - A call is an operation, an operation of another service (`ec2:CreateVpc`), or a function of the scene in lower
 *   case (`advance 60000`); a list is its arguments. `3 times` repeats a call, in which `$n` counts from 0.
 * - Input and answer are YAML; `<<: $name` merges an object, and `absent` is undefined.
 * - `$name` is a value of the scene, or else the member `name`, at any depth, of the first answer that has it.
 *   `$(name)` stands before more letters. `far = CreateVpc …` names an answer for `$far.Vpc.VpcId`.
 * - A value in `${…}` of TypeScript stands for itself.
 * - `->` is a part of the answer and `==` the whole, after the HTTP status where it is given (`-> 201 {…}`).
 *   A text between slashes is an expression.
 * - A key of a part may be a path, which goes through lists: `Vpcs.CidrBlock` is the list of the blocks, and
 *   `Vpcs.length` their count. The value of a key that ends in `=` is whole.
 * - `!` is a refusal: the code, after its status where it is given, then the whole message or an expression.
 * - A line without any of these succeeds. A line that is indented more continues the last one. ` # ` begins a comment.
 */
export function answers<S extends Scene>(subject: string, scene: () => S | Promise<S>) {
  return ({ raw }: TemplateStringsArray, ...values: readonly unknown[]): void => {
    describe(subject, () => {
      for (const [title, lines] of scriptsIn(raw.map((part, n) => (n === 0 ? part : token(n - 1) + part)).join(''))) {
        it(title, async () => {
          const play = new Play(await scene(), values);
          for (const line of lines) await play.line(line);
        });
      }
    });
  };
}

const token = (index: number): string => `\u{E000}${index}\u{E001}`;
const TOKEN = /\u{E000}(\d+)\u{E001}/gu;

function scriptsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const rows = text.split('\n').map((row) => row.replace(/(^|\s)# .*$/, '').trimEnd());
  const depth = (row: string): number => row.search(/\S/);
  const [first = 0] = rows.filter(Boolean).map(depth);
  const scripts = new Map<string, string[]>();
  let lines: string[] = [];
  for (const row of rows.filter(Boolean)) {
    const words = row.trim();
    if (depth(row) > first + 2) lines.push(`${lines.pop()} ${words}`);
    else if (depth(row) > first) lines.push(words);
    else if (scripts.has(words)) throw new Error(`two scripts have the title ${words}`);
    else scripts.set(words, (lines = []));
  }
  return scripts;
}

const LINE = /^(?:(?<name>\w+) = )?(?<call>[\w:]+)(?: (?<input>.*?))??(?: (?<sign>->|==|!)\s?(?<expected>.*))?$/u;
/** Texts of the clouds that are no placeholders. */
const LITERAL =
  /^\$(?:(?:default|connect|disconnect|Latest|ref|util)\b|(?:context|request|response|stageVariables)[.\\]|input\.[a-z])/;

class Play<S extends Scene> {
  private readonly named = new Map<string, unknown>();
  private readonly earlier: unknown[] = [];

  constructor(
    private readonly scene: S,
    private readonly values: readonly unknown[],
  ) {}

  async line(line: string): Promise<void> {
    const [, times, repeated = ''] = /^(\d+) times (.*)$/u.exec(line) ?? [];
    for (let n = 0; n < Number(times); n++) await this.line(repeated.replace(/\$n\b/g, String(n)));
    if (times !== undefined) return;
    const about = line.replace(TOKEN, (_, index: string) => String(this.values[Number(index)]));
    const { name, call, input, sign, expected = '' } = LINE.exec(line)?.groups ?? {};
    if (call === undefined || (sign !== undefined && expected === '')) throw new Error(`no line of a script: ${about}`);
    const outcome = await this.outcome(call, input);
    if ('error' in outcome) {
      if (sign !== '!') throw outcome.error;
      return this.expectRefusal(outcome.error, expected, about);
    }
    if (sign === '!') expect.fail(`the call succeeded: ${about}`);
    const answer = withoutMetadata(outcome.answer);
    if (name !== undefined) this.named.set(name, answer);
    else this.earlier.push(answer);
    if (sign === undefined) return;
    const [, status, part = ''] = /^(?:(\d{3})(?= |$))?\s*(.*)$/su.exec(expected) ?? [];
    if (status !== undefined) expect(at(outcome.answer, ['$metadata', 'httpStatusCode']), about).toBe(Number(status));
    if (part === '') return;
    const read = patterns(this.read(part));
    if (sign === '==') expect(answer, about).toEqual(read);
    else expectPart(answer, read, about);
  }

  private async outcome(call: string, text: string | undefined): Promise<{ answer: unknown } | { error: unknown }> {
    const [operation = '', service] = call.split(':').reverse();
    const input = text === undefined ? undefined : this.read(text);
    const own = (this.scene as Readonly<Record<string, any>>)[operation];
    const isOperation = /^[A-Z]/.test(operation);
    if (!isOperation && own === undefined) throw new Error(`the scene has no ${operation}`);
    try {
      if (isOperation) return { answer: await this.scene.answer(operation, input ?? {}, service) };
      if (typeof own !== 'function') return { answer: own };
      return { answer: await own(...(Array.isArray(input) ? input : [input])) };
    } catch (error) {
      return { error };
    }
  }

  private expectRefusal(error: any, expected: string, about: string): void {
    const parts =
      /^(?:(?<status>\d{3}) )?(?<code>[^\s:]+)(?:(?<sign>:)? (?<words>.*))?$/su.exec(expected)?.groups ?? {};
    const { status, code = '', sign, words } = parts;
    const seen = { code: error.code ?? error.name, status: error.status ?? error.$metadata?.httpStatusCode };
    const asked = { code: this.text(code), status: status === undefined ? seen.status : Number(status) };
    expect({ ...seen, message: error.message }, about).toMatchObject(asked);
    if (words === undefined) return;
    const message = this.text(words);
    expect(error.message, about).toEqual(sign === ':' && typeof message === 'string' ? message : patterns(message));
  }

  /** A text as YAML, with its placeholders filled. */
  private read(text: string): any {
    return this.filled(parse(text));
  }

  /** A value with its placeholders filled. */
  private filled(value: unknown): any {
    if (typeof value === 'string') return value === 'absent' ? undefined : this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.filled(item));
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]) =>
        key === '<<' ? Object.entries(this.filled(member)) : [[String(this.text(key)), this.filled(member)]],
      ),
    );
  }

  private token(text: string): unknown {
    const index = /^\u{E000}(\d+)\u{E001}$/u.exec(text)?.[1];
    return index === undefined ? undefined : this.values[Number(index)];
  }

  private text(text: string): unknown {
    const value = this.token(text);
    if (value !== undefined) return typeof value === 'string' ? this.text(value) : this.filled(value);
    const told = text.replace(TOKEN, (_, index: string) => String(this.values[Number(index)]));
    const path = /^\$(\w+(?:\.\w+)*)$/.exec(told)?.[1];
    if (path !== undefined && !LITERAL.test(told)) return this.value(path);
    const placeholder = /\$(?:\(([\w.]+)\)|([A-Za-z]\w*(?:\.\w+)*))/g;
    return told.replace(placeholder, (found, inner?: string, name?: string, at = 0) =>
      LITERAL.test(told.slice(at)) ? found : String(this.value(inner ?? name ?? '')),
    );
  }

  private value(path: string): unknown {
    const [first = '', ...rest] = path.split('.');
    if (this.named.has(first)) return at(this.named.get(first), rest);
    const own = (this.scene as Readonly<Record<string, unknown>>)[first];
    if (own !== undefined) return at(own, rest);
    for (const answer of this.earlier) {
      const found = within(answer, first);
      if (found !== undefined) return at(found, rest);
    }
    throw new Error(`no answer has a member ${first}`);
  }
}

/** A value whose expressions are matchers. */
function patterns(value: unknown): any {
  const source = value instanceof RegExp ? value : /^\/(.+)\/$/s.exec(typeof value === 'string' ? value : '')?.[1];
  if (source !== undefined) return expect.stringMatching(new RegExp(source));
  if (Array.isArray(value)) return value.map(patterns);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, patterns(member)]));
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function withoutMetadata(answer: unknown): unknown {
  if (!isPlain(answer) || !('$metadata' in answer)) return answer;
  const { $metadata: _, ...rest } = answer;
  return rest;
}

function within(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = Array.isArray(value) ? undefined : (value as Readonly<Record<string, unknown>>)[name];
  if (own !== undefined) return own;
  for (const member of Object.values(value)) {
    const found = within(member, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function at(value: any, path: readonly string[]): any {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const through = Array.isArray(value) && !/^(\d+|length)$/.test(first);
  return through ? value.map((item) => at(item, path)) : at(value?.[first], rest);
}

function expectPart(answer: unknown, expected: unknown, about: string): void {
  if (!isPlain(expected)) return expect({ answer }, about).toMatchObject({ answer: expected });
  for (const [key, member] of Object.entries(expected)) {
    const path = key.replace(/=$/, '').split('.');
    const seen = { [key]: at(answer, path) };
    if (key.endsWith('=')) expect(seen, about).toEqual({ [key]: member });
    else expect(seen, about).toMatchObject({ [key]: member });
  }
}
