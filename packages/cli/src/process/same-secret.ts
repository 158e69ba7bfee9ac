import { timingSafeEqual } from 'node:crypto';

/** Whether a text is a secret. How long it takes says nothing about how much of it fits. */
export function isSameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
