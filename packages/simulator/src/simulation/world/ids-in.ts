const MAP = '$map';

/** What holds IDs: `id`, `subnetIds`, `VpcId`, `arn`, `LoadBalancerArns`. */
const ID_KEY = /(?:^id|Id|^arn|Arn|ARN)s?$/;

/** The IDs in plain data: those of members that are named so, and the keys of the maps of a saved world. */
export function idsIn(data: unknown): readonly string[] {
  const found = new Set<string>();
  collect(data, false, found);
  return [...found];
}

function collect(value: unknown, isId: boolean, found: Set<string>): void {
  if (typeof value === 'string') {
    if (isId) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) collect(item, isId, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, own] of Object.entries(value)) {
      if (key === MAP && Array.isArray(own)) collectPairs(own as readonly unknown[], found);
      else collect(own, ID_KEY.test(key), found);
    }
  }
}

function collectPairs(pairs: readonly unknown[], found: Set<string>): void {
  for (const pair of pairs) {
    const [key, item] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    collect(key, true, found);
    collect(item, false, found);
  }
}
