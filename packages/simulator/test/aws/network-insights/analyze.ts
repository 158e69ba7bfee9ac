import type { Simulation } from '../../../src/index.js';

type Row = Readonly<Record<string, any>>;

interface Account {
  readonly sim: Pick<Simulation, 'advance'>;
  readonly ec2: (operation: string, input: Row) => any;
}

/** An analysis of a new path of TCP, when it has ended. */
export async function analyze({ sim, ec2 }: Account, path: Row, more: Row = {}): Promise<Row> {
  const created = ec2('CreateNetworkInsightsPath', { Protocol: 'tcp', ...path });
  const { NetworkInsightsPathId } = created.NetworkInsightsPath;
  ec2('StartNetworkInsightsAnalysis', { NetworkInsightsPathId, ...more });
  await sim.advance(60_000);
  return ec2('DescribeNetworkInsightsAnalyses', { NetworkInsightsPathId }).NetworkInsightsAnalyses[0];
}
