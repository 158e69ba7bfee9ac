import { hclBlock, HclExpression, hclName } from '@postern/core/internal/cloud';
import { bracedPath } from '../mapping/route-match.js';
import { type HandoverPlan, namesFrom } from '../plan/fingerprint.js';
import type { PlannedService, PlannedStage } from '../plan/plan-values.js';
import type { HandoverKind } from '../run/driver.js';
import { objectsOf, stepOf } from '../run/objects.js';
import type { StageNow } from '../switch/handover-status.js';
import type { FinishEdits } from './finish-events.js';

/** What of a stage exists, by the step that built it. */
export type BuiltIds = Pick<StageNow, 'ids'>;

interface Imported {
  readonly kind: HandoverKind;
  readonly name: string;
  readonly id: string;
}

/** The resource of each kind, and since when the provider has it. What is missing has none in a release that could be read. */
const RESOURCES: Partial<Record<HandoverKind, { readonly terraform: string; readonly pulumi?: string }>> = {
  gateway: { terraform: 'alicloud_apig_gateway', pulumi: 'alicloud:apig/gateway:Gateway' },
  service: { terraform: 'alicloud_apig_service', pulumi: 'alicloud:apig/service:Service' },
  domain: { terraform: 'alicloud_apig_domain', pulumi: 'alicloud:apig/domain:Domain' },
  api: { terraform: 'alicloud_apig_http_api', pulumi: 'alicloud:apig/httpApi:HttpApi' },
  route: { terraform: 'alicloud_apig_route', pulumi: 'alicloud:apig/route:Route' },
  policy: { terraform: 'alicloud_apig_policy' },
};

/** Edits after a hand-over: what was built comes in, and the group of the classic service goes. */
export function editsOf(plan: HandoverPlan, stages: readonly BuiltIds[]): FinishEdits {
  const nameOf = namesFrom();
  const imported = plan.stages.flatMap((stage, at) =>
    importedOf(stage, stages[at]?.ids ?? new Map<string, { readonly id: string }>(), nameOf),
  );
  return {
    terraform: terraformText(plan, imported),
    pulumi: pulumiText(plan, imported),
    postern: posternText(plan, stages),
  };
}

function importedOf(stage: PlannedStage, ids: BuiltIds['ids'], nameOf: (text: string) => string): readonly Imported[] {
  const apiId = ids.get(stepOf({ kind: 'api', name: stage.api.name }))?.id;
  return objectsOf(stage).flatMap((object) => {
    const { kind, name } = object;
    const found = ids.get(stepOf(object));
    if (found === undefined || RESOURCES[kind] === undefined) return [];

    const id = kind === 'route' ? `${apiId}:${found.id}` : found.id;
    return [{ kind, name: nameOf(`${stage.stage} ${kind === 'gateway' ? kind : `${kind} ${name}`}`), id }];
  });
}

/** @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs (each resource, section Import) */
function terraformText({ group, stages }: HandoverPlan, imported: readonly Imported[]): string {
  const blocks = imported.map(({ kind, name, id }) => {
    const to = new HclExpression(`${RESOURCES[kind]?.terraform}.${hclName(name.replaceAll('-', '_'))}`);
    return hclBlock('import', [], { to, id });
  });
  const removed = [
    `# Delete from the configuration: alicloud_api_gateway_group ${group.id}, alicloud_api_gateway_api`,
    ...new Set(stages.flatMap(({ routes }) => routes.map(({ apiId }) => `#   ${group.id}:${apiId}`))),
    '# To keep what exists until it is deleted by finish, write for each of them:',
    '#   removed {',
    '#     from = alicloud_api_gateway_api.NAME',
    '#     lifecycle { destroy = false }',
    '#   }',
  ];
  return [
    '# Provider aliyun/alicloud 1.292.0 or later. Then: terraform plan -generate-config-out=apig.tf',
    '# Apply only a plan that replaces nothing: the access and the zones of a gateway are not read back.',
    '# The provider publishes no route: after a change of a route, publish it. It has no rules of security groups,',
    '# and consumers and authorizations may be missing, so that they stay outside of it. Policies may hold secrets',
    '# (constant headers), which the generated file then has: read it before you commit it.',
    ...blocks,
    ...removed,
    '',
  ].join('\n');
}

/** @see https://www.pulumi.com/registry/packages/alicloud/api-docs/apig/ */
function pulumiText({ group }: HandoverPlan, imported: readonly Imported[]): string {
  const commands = imported.flatMap(({ kind, name, id }) => {
    const type = RESOURCES[kind]?.pulumi;
    return type === undefined ? [] : [`pulumi import ${type} ${name} ${id}`];
  });
  return [
    '# Package alicloud 3.108.0 or later. Policies, rules of security groups, consumers and authorizations stay outside of it.',
    ...commands,
    `# Delete from the program: alicloud.apigateway.Group ${group.id}, its Api resources; first: pulumi state unprotect,`,
    '# and retainOnDelete: true where finish is to delete them.',
    '',
  ].join('\n');
}

/** Links and integrations in the place of those of the group. Postern reads and checks them, and does not change them. */
function posternText({ group, region, stages }: HandoverPlan, built: readonly BuiltIds[]): string {
  const links: string[] = [];
  const integrations: string[] = [];
  const nameOf = namesFrom();
  for (const [at, stage] of stages.entries()) {
    const ids = built[at]?.ids;
    const gatewayId = ids?.get(stepOf({ kind: 'gateway', name: stage.stage }))?.id;
    const apiId = ids?.get(stepOf({ kind: 'api', name: stage.api.name }))?.id;
    if (gatewayId === undefined || apiId === undefined) continue;

    const link = nameOf(stage.stage);
    links.push(
      `  ${link}: { provider: alibaba, region: ${region}, kind: apig-gateway, id: ${gatewayId}, owner: external }`,
    );
    const used = new Set(stage.routes.flatMap(({ service }) => service ?? []));
    const services = stage.services.filter(({ name }) => used.has(name));
    integrations.push(
      `  ${nameOf(`${group.name} ${stage.stage}`)}:`,
      `    link: ${link}`,
      `    gateway: { apigHttpApi: ${apiId} }`,
      '    owner: external',
      '    targets:',
      ...services.map((service) => `      ${quoted(service.name)}: ${targetText(service)}`),
      '    routes:',
      ...stage.routes.flatMap(({ key, service }) =>
        service === undefined ? [] : [`      ${quoted(specKey(key))}: ${quoted(service)}`],
      ),
    );
  }
  return [
    `# In the place of integrations with the gateway { apiGroup: ${quoted(group.id)} }. Mocks have no target.`,
    'links:',
    ...links,
    'integrations:',
    ...integrations,
    '',
  ].join('\n');
}

/** `GET /orders/[id]` as a spec writes it: `GET /orders/{id}`. */
const specKey = (key: string): string => bracedPath(key).replace(/\*$/, '{proxy+}');

function targetText({ kind, addresses, registered, protocol, policies }: PlannedService): string {
  const [first = ''] = addresses;
  if (registered !== undefined) {
    const { namespace, group, service } = registered;
    const parts = { source: first, namespace, group, service };
    return `{ nacos: { ${Object.entries(parts)
      .map(([key, text]) => `${key}: ${quoted(text)}`)
      .join(', ')} } }`;
  }

  const port = first.slice(first.lastIndexOf(':') + 1);
  const hosts = addresses.map((address) => quoted(address.slice(0, address.lastIndexOf(':'))));
  const where =
    kind === 'DNS'
      ? `dnsName: ${hosts[0]}`
      : hosts.length === 1
        ? `address: ${hosts[0]}`
        : `addresses: [${hosts.join(', ')}]`;
  const sni = policies.find((one) => one.class === 'ServiceTls')?.settings['sni'];
  const tls = protocol === 'HTTPS' ? `, tls: {${typeof sni === 'string' ? ` serverName: ${quoted(sni)} ` : ''}}` : '';
  return `{ ${where}, port: ${port}${tls} }`;
}

/** A text of YAML. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
