import type { Condition } from './trace.js';

type Fields = Readonly<Record<string, unknown>>;

/** How operations of AWS ask for pages: the member for the size, its smallest value, and the token of the next page: in a request, and in an answer. */
const PAGING: readonly {
  readonly client: string;
  readonly size: string;
  readonly least: unknown;
  readonly token: string;
  readonly next: string;
}[] = [
  { client: 'apiGatewayV2', size: 'MaxResults', least: '1', token: 'NextToken', next: 'NextToken' },
  { client: 'apiGateway', size: 'limit', least: 1, token: 'position', next: 'position' },
  { client: 'ec2', size: 'MaxResults', least: 5, token: 'NextToken', next: 'NextToken' },
  { client: 'elasticLoadBalancingV2', size: 'PageSize', least: 1, token: 'Marker', next: 'NextMarker' },
];

/** Makes the pages of lists small, which services may always do, and spoils the token of one. */
export class Paging {
  #isOn = false;
  #spoils: Condition | undefined;

  /** From now on. */
  begin(condition: Condition): void {
    this.#isOn = true;
    if (condition !== 'small-pages') this.#spoils = condition;
  }

  /** Sends a call that asks for pages by their number, as on Alibaba Cloud. Where the page after the first is spoiled, it is that before it. */
  async sendNumbered<Q extends Fields, T>(query: Q, send: (query: Q) => Promise<T>): Promise<T> {
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
    const { size, least, token, next } = by;
    const given = input as Fields;
    if (!(size in given)) return send(input); // it asks for all that there is
    const small = { ...given, [size]: least };
    if (given[token] === undefined) return send(small);
    const spoils = this.#spoils;
    this.#spoils = undefined;
    if (spoils === 'expired-token') return send({ ...small, [token]: 'expired' });
    const answer = await send(small);
    return spoils === 'repeated-token' ? { ...(answer as Fields), [next]: given[token] } : answer;
  }
}
