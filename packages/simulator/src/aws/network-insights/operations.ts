import type {
  DescribeNetworkInsightsAnalysesRequest as AnalysesInput,
  NetworkInsightsAnalysis,
  NetworkInsightsPath,
} from '@aws-sdk/client-ec2';
import { ServiceError, type AwsCall, type TimerHandlers } from '../operation/operation.js';
import type { InsightsAnalysisRow, InsightsPathRow } from '../ec2/network-insights/state.js';
import { family, listing, arnOf, kindOfId, tagList, tagsFrom } from '../ec2/request/family.js';
import { getRow, ID, needRow, rowsOf } from '../ec2/request/ids.js';
import {
  checkQuota,
  invalidCombination,
  invalidMember,
  need,
  oncePerToken,
  refuse,
} from '../ec2/request/text-rules.js';
import { explanation, pathComponents } from './components.js';
import { search } from './search.js';

/**
 * The types of resources that Reachability Analyzer takes as ends of a path, and those that are analyzed here.
 * @see https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html
 */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  instance: ['Source', 'Destination'],
  'network-interface': ['Source', 'Destination'],
  'internet-gateway': ['Source', 'Destination'],
  'vpn-gateway': ['Destination'],
  'vpc-peering-connection': ['Destination'],
  'transit-gateway': ['Destination'],
  'vpc-endpoint': ['Destination'],
  'transit-gateway-attachment': [],
  'vpc-endpoint-service': [],
};

/**
 * The ID of an end of a path, which exists; links of API Gateway, load balancers and whatever else the analyzer does not take are
 * refused.
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ec2 `Translator` of network-insights-path (codes; the sentences are [U])
 */
function endOf(call: AwsCall, member: 'Source' | 'Destination', text: string): string {
  const arn = /^arn:[\w-]+:ec2:([\w-]+):(\d{12}):[\w-]+\/(.+)$/.exec(text);
  const id = arn?.[3] ?? text;
  const kind = kindOfId(id);
  const members = ENDS[kind?.type ?? ''];
  if (!kind || !members) throw invalidMember(member, text, 'The resource type is not supported.');
  if (!members.includes(member))
    throw new ServiceError('UnsupportedOperation', `A ${kind.type} as ${member} is not simulated.`);

  const isHere = !arn || (arn[1] === call.region && arn[2] === call.account);
  if (isHere && rowsOf(call.state.ec2, kind).has(id)) return id;

  throw new ServiceError(`NetworkInsights${member}.NotFound`, `The ${kind.type} '${text}' does not exist`);
}

/** From its start until an analysis has its result. "The analysis can take a few minutes." Simulated milliseconds [I]. */
const ANALYSIS_MS = 30_000;

/** "Reachability Analyzer automatically deletes an analysis 120 days after its creation date." */
const KEPT_MS = 120 * 86_400_000;

/** An analysis ends, of the network as it is then, and is deleted after a while. */
export const insightsTimers: TimerHandlers = {
  'network-insights.analysis': (call, { id, to }) => {
    const { insightsAnalyses, insightsPaths } = call.state.ec2;
    const row = insightsAnalyses.get(String(id));
    const path = row && insightsPaths.get(row.fields.NetworkInsightsPathId);
    if (to === 'deleted') insightsAnalyses.delete(String(id));
    if (!row || !path || to === 'deleted') return;

    const { forward, back, explained } = search(call, path.fields, row.fields);
    Object.assign(row.fields, {
      Status: 'succeeded',
      NetworkPathFound: explained.length === 0,
      ForwardPathComponents: pathComponents(call, forward),
      ReturnPathComponents: pathComponents(call, back),
      Explanations: explained.map((one) => explanation(call, one, path.fields.Destination)),
    });
    call.after(KEPT_MS, 'network-insights.analysis', { id: row.id, to: 'deleted' });
  },
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInsightsPaths.html (Filter.N) */
const PATH_FILTERS = `destination source protocol filter-at-source.source-address filter-at-source.destination-address
  filter-at-source.source-port-range filter-at-source.destination-port-range filter-at-destination.source-address
  filter-at-destination.destination-address filter-at-destination.source-port-range
  filter-at-destination.destination-port-range`;

/** Reachability Analyzer: paths, and analyses of them, which the simulated network evaluates. */
export const insightsOperations = family({
  CreateNetworkInsightsPath: {
    limits: {
      Protocol: { values: ['tcp', 'udp', 'TCP', 'UDP'] },
      DestinationPort: { range: [0, 65_535] },
      SourceIp: { length: [0, 15] },
      DestinationIp: { length: [0, 15] },
    },
    run(call, input) {
      const { SourceIp, DestinationIp, DestinationPort, FilterAtSource, FilterAtDestination } = input;
      if (FilterAtSource && (SourceIp !== undefined || DestinationPort !== undefined))
        throw invalidCombination('FilterAtSource cannot be used with SourceIp or DestinationPort.'); // [U] words
      if (FilterAtDestination && DestinationIp !== undefined)
        throw invalidCombination('FilterAtDestination cannot be used with DestinationIp.'); // [U] words
      if (input.Destination === undefined && FilterAtSource?.DestinationAddress === undefined) {
        // https://github.com/hashicorp/terraform-provider-aws/issues/38132
        const message =
          'The request must include either the Destination parameter or the FilterAtSource.DestinationAddress parameter. Add the required parameter and retry the request.';
        throw new ServiceError('MissingParameter', message);
      }
      const protocol = need(input.Protocol, 'protocol').toLowerCase();
      if (protocol !== 'tcp') throw new ServiceError('UnsupportedOperation', 'Paths of UDP are not simulated.');

      const Source = endOf(call, 'Source', need(input.Source, 'source'));
      const Destination = input.Destination === undefined ? undefined : endOf(call, 'Destination', input.Destination);
      const tags = tagsFrom(input.TagSpecifications, 'network-insights-path');
      const { insightsPaths } = call.state.ec2;
      const row = oncePerToken(call, 'CreateNetworkInsightsPath', input, insightsPaths, () => {
        checkQuota(call, 'network-insights-paths', insightsPaths.size, 'NetworkInsightsPath.LimitExceeded'); // [U] words
        const asked = { SourceIp, DestinationIp, DestinationPort, FilterAtSource, FilterAtDestination };
        const fields = { CreatedDate: new Date(call.now), Protocol: 'tcp' as const, Source, Destination, ...asked };
        const made: InsightsPathRow = { id: call.id('nip-'), fields, tags };
        insightsPaths.set(made.id, made);
        return made;
      });
      return { NetworkInsightsPath: pathView(row, call) };
    },
  },

  DescribeNetworkInsightsPaths: listing({
    of: ID.insightsPath,
    as: 'NetworkInsightsPaths',
    view: pathView,
    filters: PATH_FILTERS,
    size: [1, 100],
  }),

  DeleteNetworkInsightsPath(call, input) {
    const { ec2 } = call.state;
    const { insightsPaths, insightsAnalyses } = ec2;
    const { id } = needRow(ec2, ID.insightsPath, input.NetworkInsightsPathId);
    if ([...insightsAnalyses.values()].some(({ fields }) => fields.NetworkInsightsPathId === id)) {
      const message = `The network insights path '${id}' has analyses. Delete them first.`; // [U]
      throw new ServiceError('AnalysisExistsForNetworkInsightsPath', message);
    }

    insightsPaths.delete(id);
    return { NetworkInsightsPathId: id };
  },

  StartNetworkInsightsAnalysis(call, input) {
    refuse(input, ['AdditionalAccounts']);
    const { insightsAnalyses } = call.state.ec2;
    const path = needRow(call.state.ec2, ID.insightsPath, input.NetworkInsightsPathId);
    const tags = tagsFrom(input.TagSpecifications, 'network-insights-analysis');
    const row = oncePerToken(call, 'StartNetworkInsightsAnalysis', input, insightsAnalyses, () => {
      const { FilterInArns, FilterOutArns } = input;
      const begun = { StartDate: new Date(call.now), Status: 'running' as const };
      const fields = { NetworkInsightsPathId: path.id, ...begun, FilterInArns, FilterOutArns };
      const made: InsightsAnalysisRow = { id: call.id('nia-'), fields, tags };
      insightsAnalyses.set(made.id, made);
      call.after(ANALYSIS_MS, 'network-insights.analysis', { id: made.id });
      return made;
    });
    return { NetworkInsightsAnalysis: analysisView(row, call) };
  },

  /** Of IDs, of a path, or all of them. */
  DescribeNetworkInsightsAnalyses(call, input, list) {
    const { NetworkInsightsPathId: of } = input;
    if (of !== undefined) getRow(call.state.ec2, ID.insightsPath, of);
    return analysisList(call, input, list);
  },

  DeleteNetworkInsightsAnalysis(call, input) {
    const { id } = needRow(call.state.ec2, ID.insightsAnalysis, input.NetworkInsightsAnalysisId);
    call.state.ec2.insightsAnalyses.delete(id);
    return { NetworkInsightsAnalysisId: id };
  },
});

function pathView({ id, fields, tags }: InsightsPathRow, call: AwsCall): NetworkInsightsPath {
  return {
    NetworkInsightsPathId: id,
    NetworkInsightsPathArn: arnOf(call, id),
    SourceArn: arnOf(call, fields.Source),
    DestinationArn: fields.Destination && arnOf(call, fields.Destination),
    ...fields,
    Tags: tagList(tags),
  };
}

const analysisList = listing({
  of: ID.insightsAnalysis,
  as: 'NetworkInsightsAnalyses',
  view: analysisView,
  visible: ({ fields: { NetworkInsightsPathId: path, StartDate: started } }, asked: AnalysesInput) =>
    (asked.NetworkInsightsPathId ?? path) === path &&
    (asked.AnalysisStartTime ?? started) <= started &&
    started <= (asked.AnalysisEndTime ?? started),
  filters: 'status',
  otherFilters: { 'path-found': ({ fields }) => fields.NetworkPathFound },
  size: [1, 100],
});

function analysisView({ id, fields, tags }: InsightsAnalysisRow, call: AwsCall): NetworkInsightsAnalysis {
  return {
    NetworkInsightsAnalysisId: id,
    NetworkInsightsAnalysisArn: arnOf(call, id),
    ...fields,
    Tags: tagList(tags),
  };
}
