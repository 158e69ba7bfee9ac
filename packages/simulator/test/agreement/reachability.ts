import { explain, type Explanation } from '@postern/core/internal/check';
import { CLOUDS } from '../../../core/test/clouds.js';
import { simulate } from '../../src/index.js';
import { analyze } from '../aws/network-insights/analyze.js';
import { REGION, type Row } from './aws/parts.js';
import type { Question } from './question.js';

type Path = Explanation['paths'][number];

/** Hops of load balancing, behind the first address that a link calls. */
const BEHIND = /^(?:load balancer|listener|target|zone|endpoint)/;

/**
 * Where checks ask for more than a path: the answers of all calls, which come from any port, and each target of each interface. The
 * analyzer looks for one combination that arrives, and behind a transit gateway for no answers.
 */
const MORE = /^network ACL .*, answer$|^load balancer to /;

/** Codes of the analyzer, which has no word for what these hops of checks say: whether networks are connected, and by which lines. */
const OTHER: Readonly<Record<string, string>> = {
  network: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
  'on-premises connection': 'NO_ROUTE_TO_DESTINATION',
};

/** What one path of a world is to checks, and to an analysis of Reachability Analyzer in the same world. */
export interface Compared {
  /** The code of the hop that stops it; `passes`. */
  readonly code: string;
  /** Where the two disagree. */
  readonly text: string | undefined;
}

/** The codes of checks and those of the simulated analyzer, and whether they point to the same component, by path of the link. */
export async function compareCodes(question: Question): Promise<readonly Compared[]> {
  const { snapshot, spec, seed } = question;
  const sim = simulate({ seed: 7, throttle: false });
  sim.load(question.world());
  const ec2 = (operation: string, input: Row): any => sim.call({ service: 'ec2', operation, region: REGION }, input);
  const account = { sim, ec2 };
  const own: Row[] = ec2('DescribeNetworkInterfaces', {}).NetworkInterfaces;
  const links = own.filter((eni) => eni['InterfaceType'] === 'api_gateway_managed');
  const called = typeof question.to === 'string' ? question.to : question.to.targetId;
  const balancer = snapshot.regions[0]?.listeners.find(({ id }) => id === called)?.loadBalancerId;
  const [{ paths } = { paths: [] as readonly Path[] }] = explain(snapshot, spec, {
    clouds: CLOUDS,
    integration: 'main',
  });
  const compared: Compared[] = [];
  for (const { from, to, hops, verdict } of paths) {
    const link = links.find((eni) => from.startsWith(`${eni['SubnetId']} `));
    const [, DestinationAddress, port] = /^([\d.]+):(\d+)$/.exec(to) ?? [];
    if (!link || DestinationAddress === undefined || verdict === 'unknown') continue;
    const Source: string = link['NetworkInterfaceId'];
    const [FromPort, ToPort] = [Number(port), Number(port)];
    const FilterAtSource = { DestinationAddress, DestinationPortRange: { FromPort, ToPort } };
    const stop = hops.find((hop) => hop.verdict === 'fail');
    const [, target] = /^load balancer to ([\d.]+): /.exec(stop?.hop ?? '') ?? [];
    const code =
      stop === undefined || (target === undefined && BEHIND.test(stop.hop)) ? 'passes' : (stop.code ?? stop.hop);
    const end = own.find((eni) => eni['PrivateIpAddress'] === target);
    if (target !== undefined && (!end || balancer === undefined)) continue;
    const path = end ? { Destination: end['NetworkInterfaceId'], DestinationPort: FromPort } : { FilterAtSource };
    const FilterInArns = end && [balancer];
    const { NetworkPathFound: isFound, Explanations } = await analyze(account, { Source, ...path }, { FilterInArns });
    const said = JSON.stringify(Explanations);
    const has = (one: string | undefined): boolean => Explanations.some((row: Row) => row['ExplanationCode'] === one);
    // The target of a load balancer behind this one.
    if (end && has('TARGET_ADDRESS_RESTRICTION')) continue;

    const isForwardOnly = stop?.hop.endsWith(', answer') === true && hops.some(({ hop }) => hop === 'transit gateway');
    const onAnswer = ({ Direction, Subnet }: Row): boolean =>
      (Direction === 'ingress') === (Subnet?.Id === link['SubnetId']);
    const agrees = isFound
      ? code === 'passes' || isForwardOnly || MORE.test(stop?.hop ?? '')
      : (has(code) && said.includes(stop?.id ?? '')) ||
        has(OTHER[stop?.hop ?? '']) ||
        // Of two prefix lists with one block AWS takes one at random, and each may be stopped in its own way.
        question.situations.includes('P11') ||
        // Checks judge load balancers before answers.
        (stop !== undefined && code === 'passes' && Explanations.every(onAnswer));
    const text = `seed ${seed}, ${from} to ${to}: checks say ${code} ${stop?.hop}: ${stop?.id}, the analyzer ${isFound ? 'found a path' : said}`;
    compared.push({ code: isFound ? 'passes' : code, text: agrees ? undefined : text });
  }
  return compared;
}
