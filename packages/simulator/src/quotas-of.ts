import { ALIBABA_QUOTAS, alibabaQuotas } from './alibaba/operation/quotas.js';
import { awsQuotas, QUOTAS } from './aws/operation/quotas.js';

/**
 * The quotas that were set, by cloud.
 * @throws {RangeError} for one that does not exist, with those that are near, and for a value that is not a whole number ≥ 0
 */
export function quotasOf(
  quotas: Readonly<Record<string, number>> = {},
): Readonly<Record<'aws' | 'alibaba', Map<string, number>>> {
  const split = { aws: new Map<string, number>(), alibaba: new Map<string, number>() };
  for (const [key, value] of Object.entries(quotas)) {
    const cloud = awsQuotas.has(key) ? 'aws' : alibabaQuotas.has(key) ? 'alibaba' : undefined;
    if (!cloud) {
      const known = [...QUOTAS, ...ALIBABA_QUOTAS].map((row) => row.key);
      const meant = quotasMeantBy(key, known);
      const hint = meant.length === 0 ? `there are ${known.join(', ')}.` : `did you mean ${meant.join(' or ')}?`;
      throw new RangeError(`No quota is called ${key}; ${hint}`);
    }
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Quota ${key} is a whole number ≥ 0.`);

    split[cloud].set(key, value);
  }
  return split;
}

/** The quotas that have all words of a name; of those that begin with it, the shortest. Singular and plural are one. */
function quotasMeantBy(name: string, known: readonly string[]): readonly string[] {
  const bare = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  const one = (text: string): string => text.replaceAll(/s\b/g, '');
  const exact = known.filter((key) => one(bare(key)) === one(bare(name)));
  if (exact.length > 0) return exact;

  const words = one(name.toLowerCase())
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const having = known.filter((key) => words.every((word) => one(key).split('-').includes(word)));
  const beginning = having.filter((key) => one(key).startsWith(words[0] ?? ''));
  return (words.length === 0 ? [] : beginning.length > 0 ? beginning : having).slice(0, 3);
}
