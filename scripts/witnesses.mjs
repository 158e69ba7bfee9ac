// Two witnesses (docs/contributing/architecture.md): what decides in the simulated clouds whether a packet arrives runs no code of core,
// so that a mistake in one of them is not a mistake in both.

/** Where the simulated clouds decide, below packages/simulator/src. */
const EVALUATORS = /^(aws|alibaba)\/(connects|callers)\//;

/**
 * The shortest way from an evaluator to each file that imports code of core: `aws/connects/one-call.ts → aws/ec2/cidr.ts →
 * @postern/core`. `imports` are pairs of a file and a file or package, values only; files are given from packages/simulator/src.
 */
export function sharedWithCore(imports) {
  const targets = new Map();
  for (const [file, target] of imports) targets.set(file, [...(targets.get(file) ?? []), target]);
  const ways = new Map([...targets.keys()].filter((file) => EVALUATORS.test(file)).map((file) => [file, [file]]));
  const shared = [];
  // The loop also visits the files that it adds.
  for (const [file, way] of ways) {
    for (const target of targets.get(file) ?? []) {
      if (target.startsWith('@postern/core')) shared.push([...way, target].join(' → '));
      else if (!ways.has(target)) ways.set(target, [...way, target]);
    }
  }
  return shared;
}
