import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import type { Location, ParameterPlace } from './parameters.js';
import { FORM } from '../../traffic/signed-text.js';
import { ownValue } from '../../../simulation/own-value.js';

/** The parameters of a request, in their places; they are read, removed and added as those of the backend's request. */
export class SentParameters {
  readonly headers: Record<string, string> = {};
  #query: readonly string[];
  readonly #path: Map<string, string>;
  readonly #body: Uint8Array;
  readonly #isForm: boolean;
  #form: readonly string[] | undefined;
  #isChangedForm = false;

  /** @param pathValues the parameters in the path, as they are in it */
  constructor(
    { headers, path, body }: Pick<GatewayCall, 'headers' | 'path' | 'body'>,
    pathValues: ReadonlyMap<string, string>,
    isStream: boolean,
  ) {
    for (const name in headers) this.headers[name] = headers[name] ?? '';
    const mark = path.indexOf('?');
    this.#query = mark < 0 ? [] : pairsOf(path.slice(mark + 1));
    this.#path = new Map(pathValues);
    this.#body = body;
    this.#isForm = !isStream && (body.length === 0 || (headers['content-type'] ?? '').startsWith(FORM));
  }

  /** Path parameters by name, as they are in the path. */
  get path(): ReadonlyMap<string, string> {
    return this.#path;
  }

  get query(): string {
    return this.#query.join('&');
  }

  /** The body of a form that was changed; undefined where it is the caller's. */
  get changedForm(): string | undefined {
    return this.#isChangedForm ? this.#fields().join('&') : undefined;
  }

  /** The values of a parameter, without their encoding; none where the request does not have it. */
  get({ location, name }: ParameterPlace): readonly string[] {
    if (location === 'HEAD') return oneOf(ownValue(this.headers, name.toLowerCase()));
    if (location === 'PATH') return oneOf(this.#path.get(name)).map(decoded);

    const pairs = this.#pairs(location).filter((one) => nameOf(one) === name);
    return pairs.map((pair) => decoded(pair.slice(pair.indexOf('=') + 1).replaceAll('+', ' ')));
  }

  remove({ location, name }: ParameterPlace): void {
    if (location === 'HEAD') delete this.headers[name.toLowerCase()];
    if (location === 'QUERY' || location === 'BODY') this.keep(location, (one) => one !== name);
  }

  /** @returns false where the request has no such place: the body is not a form */
  put({ location, name }: ParameterPlace, values: readonly string[]): boolean {
    const pairs = values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    if (location === 'HEAD') this.headers[name.toLowerCase()] = values.join(',');
    else if (location === 'PATH') this.#path.set(name, encodeURIComponent(values[0] ?? ''));
    else if (location === 'QUERY') this.#query = [...this.#query, ...pairs];
    else if (!this.#isForm) return false;
    else {
      this.#setForm([...this.#fields(), ...pairs]);
      this.headers['content-type'] ??= FORM;
    }
    return true;
  }

  /** Another name for a parameter of the path, whose encoding stays. */
  renameInPath(name: string, to: string): void {
    this.#path.set(to, this.#path.get(name) ?? '');
  }

  /** Drops the parameters of the query string, or of a form, that have another name. */
  keep(location: 'QUERY' | 'BODY', isKept: (name: string) => boolean): void {
    const before = this.#pairs(location);
    const kept = before.filter((pair) => isKept(nameOf(pair)));
    if (location === 'QUERY') this.#query = kept;
    else if (kept.length < before.length) this.#setForm(kept);
  }

  #setForm(pairs: readonly string[]): void {
    this.#form = pairs;
    this.#isChangedForm = true;
  }

  #fields(): readonly string[] {
    return (this.#form ??= this.#isForm ? pairsOf(Buffer.from(this.#body).toString('utf8')) : []);
  }

  #pairs(location: Location): readonly string[] {
    return location === 'QUERY' ? this.#query : this.#fields();
  }
}

const pairsOf = (text: string): readonly string[] => (text === '' ? [] : text.split('&'));

const oneOf = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const nameOf = (pair: string): string => decoded((pair.split('=', 1)[0] ?? '').replaceAll('+', ' '));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
