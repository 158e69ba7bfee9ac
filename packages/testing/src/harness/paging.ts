import type { Condition } from './trace.js';

type Fields = Readonly<Record<string, unknown>>;

/** How an operation asks for pages: the member for the size, its smallest value, and the token of the next page: in a request, and in an answer. */
interface ByToken {
  readonly size: string;
  readonly least: unknown;
  readonly token: string;
  readonly next: string;
}

/** The services of AWS. */
const PAGING: readonly (ByToken & { readonly client: string })[] = [
  { client: 'apiGatewayV2', size: 'MaxResults', least: '1', token: 'NextToken', next: 'NextToken' },
  { client: 'apiGateway', size: 'limit', least: 1, token: 'position', next: 'position' },
  { client: 'ec2', size: 'MaxResults', least: 5, token: 'NextToken', next: 'NextToken' },
  { client: 'elasticLoadBalancingV2', size: 'PageSize', least: 1, token: 'Marker', next: 'NextMarker' },
];

/** Those operations of Alibaba Cloud that have no numbered pages. */
const BY_TOKEN = { size: 'MaxResults', least: 1, token: 'NextToken', next: 'NextToken' };

/** Makes the pages of lists small, which services may always do, and spoils the token of one. */
export class Paging {
  #isOn = false;
  #spoils: Condition | undefined;

  /** From now on. */
  begin(condition: Condition): void {
    this.#isOn = true;
    if (condition !== 'small-pages') this.#spoils = condition;
  }

  /**
   * Sends a call of Alibaba Cloud, which asks for pages by their number or by a token. Where a numbered page after the first is
   * spoiled, it is that before it.
   */
  async sendQuery<Q extends Fields, T>(query: Q, send: (query: Q) => Promise<T>): Promise<T> {
    if (this.#isOn && 'MaxResults' in query) return this.#sendByToken(BY_TOKEN, query, send);
    if (!this.#isOn || !('PageSize' in query)) return send(query);

    const { PageNumber } = query;
    const isLater = typeof PageNumber === 'number' && PageNumber > 1;
    const repeats = isLater && this.#spoils === 'repeated-token';
    if (repeats) this.#spoils = undefined;
    return send({ ...query, PageSize: 1, ...(repeats ? { PageNumber: PageNumber - 1 } : {}) });
  }

  /** Sends a call of a client that asks for pages by a token. */
  async send(client: string, input: unknown, send: (input: unknown) => Promise<unknown>): Promise<unknown> {
    const by = PAGING.find((one) => one.client === client);
    if (!this.#isOn || by === undefined || typeof input !== 'object' || input === null) return send(input);

    return this.#sendByToken(by, input as Fields, send);
  }

  async #sendByToken<Q extends Fields, T>(by: ByToken, given: Q, send: (query: Q) => Promise<T>): Promise<T> {
    const { size, least, token, next } = by;
    if (!(size in given)) return send(given); // it asks for all that there is

    const small = { ...given, [size]: least };
    if (given[token] === undefined) return send(small);

    const spoils = this.#spoils;
    this.#spoils = undefined;
    if (spoils === 'expired-token') return send({ ...small, [token]: 'expired' });

    const answer = await send(small);
    return spoils === 'repeated-token' ? { ...answer, [next]: given[token] } : answer;
  }
}
