import {
  addressed,
  api,
  authorize,
  authorized,
  authorizeForeign,
  backend,
  entry,
  group,
  networkAcl,
  plugin,
  redraft,
  rule,
  target,
} from './changes.js';
import type { Stage } from './scene.js';

/** Changes that do not affect a migration; each at most once in a world. */
export const HARMLESS: readonly ((stage: Stage) => unknown)[] = [
  (stage) => api(stage, '/more', authorized('orders'), 'RELEASE', 'TEST'),
  (stage) => api(stage, '/only_draft', authorized('stock')),
  (stage) => redraft(stage, stage.parts.apis['/orders'], '/orders', authorized('stock')),
  (stage) => plugin(stage, 'remoteAuth', 'authUriType: HTTP-VPC\nauthUri:\n  vpcAccessName: orders\n'),
  (stage) =>
    plugin(stage, 'routing', '{"routes":[{"backend":{"type":"HTTP-VPC","vpcAccessName":"stock"}}]}', {
      on: 'group',
      stage: 'PRE',
    }),
  (stage) => plugin(stage, 'ipControl', 'type: ALLOW\nitems:\n- blocks: ["10.99.9.9"]\n'),
  (stage) =>
    plugin(
      stage,
      'jwtAuth',
      'parameter: Authorization\nparameterLocation: header\njwksUri: https://keys.example.com/jwks\n',
    ),
  (stage) => backend(stage, { RELEASE: { VpcConfig: { Name: 'stock', VpcScheme: 'http' } } }, 'RELEASE'),
  (stage) => api(stage, '/public', addressed('https://www.example.com'), 'RELEASE'),
  // Unused resources: a plug-in that is not attached, an authorization that nothing names, another group.
  ({ call }) =>
    call('CloudAPI', 'CreatePlugin', {
      PluginName: 'unattached',
      PluginType: 'routing',
      PluginData: 'routes:\n- backend: { type: HTTP, address: "http://10.98.0.1:80" }\n',
    }),
  (stage) => authorize(stage, 'unused', stage.parts.elsewhere, stage.parts.foreign, 9090),
  (stage) => {
    authorizeForeign(stage);
    const { GroupId } = stage.call('CloudAPI', 'CreateApiGroup', {
      GroupName: 'other',
      InstanceId: 'api-shared-vpc-001',
    });
    api({ ...stage, parts: { ...stage.parts, apiGroup: GroupId } }, '/far_away', authorized('foreign'), 'RELEASE');
  },
  (stage) =>
    rule(stage, stage.parts.group, { PortRange: '22/22', Policy: 'Drop', Priority: '1', SourceCidrIp: '0.0.0.0/0' }),
  (stage) => rule(stage, stage.parts.group, { PortRange: '443/443', DestCidrIp: '10.0.0.0/8' }, 'Egress'),
  (stage) =>
    networkAcl(stage, stage.parts.vswitches.app, { ingress: ['drop 22/22 0.0.0.0/0', 'accept -1/-1 0.0.0.0/0'] }),
  (stage) => entry(stage, 'Add', '10.10.4.0/24'),
  (stage) => target(stage, { spec: 'api.s1.medium' }),
  (stage) => {
    group(stage, { networkPolicy: { InternetEnable: true, InternetIPV6Enable: true } });
    target(stage, { ipv6: true });
  },
  (stage) => group(stage, { domains: [{ name: 'api.example.com', kind: 'custom', cname: true }] }),
];
