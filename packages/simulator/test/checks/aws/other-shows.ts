import type { LinkKind, Snapshot, Gateway } from '@postern/core/internal/library';
import type { AwsStage } from './account.js';
import { setHealth, useNetworkBalancer } from './moves.js';
import type { Show } from '../show.js';

/**
 * V1 links and WebSocket APIs: Postern neither creates nor reads them, but a snapshot can contain them. What was
 * read is changed into them.
 */
function asKind(stage: AwsStage, kind: LinkKind, gateway?: Gateway['kind']): void {
  stage.seen = (snapshot): Snapshot => ({
    ...snapshot,
    regions: snapshot.regions.map((region) => ({
      ...region,
      links: region.links.map((link) => ({ ...link, kind })),
      gateways: region.gateways.map((one) => ({ ...one, kind: gateway ?? one.kind })),
    })),
  });
}

/** The spec names the link by its ID: declared with subnets, it is a link V2. */
function byId(stage: AwsStage): void {
  stage.write(/ {4}subnets: .*\n {4}securityGroups: .*\n/, `    id: ${stage.link()}\n`);
}

const OFF = 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic';

/** Whether the network load balancer enforces its groups' rules on PrivateLink traffic. */
function enforce({ elb, parts }: AwsStage, value: 'on' | 'off'): void {
  const { LoadBalancerArn } = elb('DescribeLoadBalancers', { Names: ['orders-nlb'] }).LoadBalancers[0];
  elb('SetSecurityGroups', { LoadBalancerArn, SecurityGroups: [parts.groups.balancer], [OFF]: value });
}

const ignore = (stage: AwsStage, text: string) =>
  stage.write(/(?:ignore: .*\n)?integrations:/, `ignore: [${text}]\nintegrations:`);
const unignore = (stage: AwsStage) => stage.write(/ignore: .*\n/, '');

/** Shows of links of another kind, and of the ignores of a spec. */
export const OTHER_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'gateway/link-kind',
    // The kind of a link that Postern can create is known, whether it exists or not.
    setting: byId,
    breaks: (stage) => asKind(stage, 'vpc-link-v2', 'websocket-api'),
    evidence: ({ spec, link }) => [/httpApi: (\w+)/.exec(spec)?.[1], link()],
    remedy: ['Use a link of kind vpc-link-v1'],
    heals: (stage) => asKind(stage, 'vpc-link-v1', 'websocket-api'),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'gateway/link-kind',
    how: 'a link V1 to an HTTP API',
    setting: byId,
    breaks: (stage) => asKind(stage, 'vpc-link-v1'),
    evidence: ({ parts, link }) => [parts.api, link()],
    remedy: ['Use a link of kind vpc-link-v2'],
    heals: (stage) => asKind(stage, 'vpc-link-v2'),
  },
  {
    check: 'target/private-link',
    setting: async (stage) => {
      await useNetworkBalancer(stage);
      enforce(stage, 'off');
      byId(stage);
      asKind(stage, 'vpc-link-v1');
    },
    breaks: (stage) => enforce(stage, 'on'),
    evidence: ({ elb }) => [elb('DescribeLoadBalancers', { Names: ['orders-nlb'] }).LoadBalancers[0].LoadBalancerArn],
    remedy: ['Switch off the enforcement: aws elbv2 set-security-groups'],
    // The command of the remedy, word by word.
    heals: ({ elb }, remedies) => {
      const [, LoadBalancerArn, groups = '', value] =
        /--load-balancer-arn (\S+) --security-groups (.+) --enforce-security-group-inbound-rules-on-private-link-traffic (\w+)/.exec(
          remedies,
        ) ?? [];
      elb('SetSecurityGroups', { LoadBalancerArn, SecurityGroups: groups.split(' '), [OFF]: value });
    },
  },
  {
    check: 'spec/ignore',
    how: 'covers nothing',
    otherwise: 'nothing',
    breaks: (stage) => ignore(stage, '{ check: link/single-zone, reason: one zone is enough here }'),
    severity: 'note',
    subject: 'ignore[0]',
    evidence: () => [],
    remedy: ['Remove the entry'],
    heals: unignore,
  },
  {
    check: 'spec/ignore',
    how: 'has ended',
    otherwise: 'nothing',
    setting: (stage) => {
      setHealth(stage, 'unhealthy');
      ignore(stage, '{ check: target/healthy, reason: being repaired, until: 2099-01-01 }');
    },
    breaks: (stage) => ignore(stage, '{ check: target/healthy, reason: being repaired, until: 2020-01-01 }'),
    severity: 'note',
    subject: 'ignore[0]',
    evidence: () => [],
    remedy: ['give it another date'],
    heals: (stage) => stage.write('2020-01-01', '2099-01-01'),
  },
];
