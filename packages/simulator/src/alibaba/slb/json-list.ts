import { slbWords } from './errors.js';

/**
 * Reads a CLB parameter in the form of one JSON text: `[{"ServerId":"i-1","Weight":"100"}]`. Values may be
 * texts or numbers.
 * @param members the names that an item may have
 * @throws {AlibabaError} `InvalidParameter`
 */
export function readJsonItems(name: string, text: string, members: readonly string[]): Record<string, string>[] {
  const refused = slbWords.invalid(`The specified parameter ${name} is not valid.`);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw refused;
  }
  if (!Array.isArray(list)) throw refused;
  return list.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw refused;
    const pairs = Object.entries(item);
    if (pairs.some(([key, value]) => !members.includes(key) || !['string', 'number'].includes(typeof value))) {
      throw refused;
    }
    return Object.fromEntries(pairs.map(([key, value]) => [key, String(value)]));
  });
}
