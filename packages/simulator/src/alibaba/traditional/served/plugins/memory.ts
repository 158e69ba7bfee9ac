import type { GatewayAnswer } from '../../../../simulation/traffic/gateway-call.js';

/** An answer that is kept until a moment. */
interface Kept {
  readonly answer: GatewayAnswer;
  readonly until: number;
}

/** Errors of a backend since a moment; `openUntil`: its circuit is open. */
interface Circuit {
  readonly since: number;
  readonly errors: number;
  readonly openUntil: number;
}

/** What plug-ins remember from call to call: answers in a cache, and errors of backends. Simulated milliseconds. */
export class PluginMemory {
  readonly #answers = new Map<string, Kept>();
  readonly #circuits = new Map<string, Circuit>();

  /** The answer that is kept under a key. */
  answer(key: string, now: number): GatewayAnswer | undefined {
    const kept = this.#answers.get(key);
    return kept && now < kept.until ? kept.answer : undefined;
  }

  keep(key: string, answer: GatewayAnswer, until: number): void {
    this.#answers.set(key, { answer, until });
  }

  isOpen(key: string, now: number): boolean {
    return now < (this.#circuits.get(key)?.openUntil ?? 0);
  }

  /** Counts an error; `most` of them in a window open the circuit. */
  failed(
    key: string,
    now: number,
    { windowMs, most, openMs }: Readonly<Record<'windowMs' | 'most' | 'openMs', number>>,
  ): void {
    const before = this.#circuits.get(key);
    const isLate = before === undefined || now >= before.since + windowMs;
    const errors = (isLate ? 0 : before.errors) + 1;
    const since = isLate ? now : before.since;
    this.#circuits.set(
      key,
      errors >= most ? { since, errors: 0, openUntil: now + openMs } : { since, errors, openUntil: 0 },
    );
  }

  reset(): void {
    this.#answers.clear();
    this.#circuits.clear();
  }
}
