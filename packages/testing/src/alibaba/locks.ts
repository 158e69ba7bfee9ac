import type { AnyAlibabaOperation } from './operation.js';
import type { AlibabaError } from './service-error.js';
import { gatewayWords } from './words.js';

/** What a write of CloudAPI holds while it is under way. */
export interface Hold {
  /** The API group, where the call names one. */
  readonly group: string | undefined;
  /** The whole request: a second one with the same parameters is a repeated commit. */
  readonly request: string;
}

/** What a call holds; reads and the other products hold nothing. */
export function groupOf(
  { product, name, kind }: AnyAlibabaOperation,
  region: string,
  input: Readonly<Record<string, unknown>>,
): Hold | undefined {
  if (product !== 'CloudAPI' || kind === 'read') return undefined;
  const { GroupId: group } = input;
  return {
    group: typeof group === 'string' ? `${region}/${group}` : undefined,
    request: `${region}/${name}/${JSON.stringify(input)}`,
  };
}

/** Writes to API groups that are under way. */
export class Locks {
  readonly #groups = new Set<string>();
  readonly #requests = new Set<string>();

  /** Why a write cannot begin now, if it cannot. */
  hindrance({ group, request }: Hold): AlibabaError | undefined {
    if (this.#requests.has(request)) return gatewayWords.repeated();
    return group !== undefined && this.#groups.has(group) ? gatewayWords.locked() : undefined;
  }

  /** Holds it until the function returned is called. */
  hold({ group, request }: Hold): () => void {
    this.#requests.add(request);
    if (group !== undefined) this.#groups.add(group);
    return () => {
      this.#requests.delete(request);
      if (group !== undefined) this.#groups.delete(group);
    };
  }

  /** Nothing is held. */
  reset(): void {
    this.#groups.clear();
    this.#requests.clear();
  }
}
