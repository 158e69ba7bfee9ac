import { aws } from '@postern/aws';
import { plans } from '@postern/aws/plans';
import { PrivateIntegrations, type Snapshot } from '@postern/core/internal/library';
import { readTerraform } from '@postern/core/internal/overlay';
import { carryOut } from '../../../../../core/src/overlay/carry/carry-out.js';
import { planSet } from '../../../../../core/src/overlay/rows/plan-set.js';
import { terraformPlan } from '../../../../../core/src/overlay/terraform/plan.js';
import { EMPTY, id, planText, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import { planTwins } from '../../../../src/index.js';
import { newAccount, REGION } from '../../../aws/load-balancing/account.js';
import type { Random } from '../../../agreement/random.js';
import { changed, mapped, namesOf, referenceIn, ROUTE_NAMES, worldOf, type Written } from './configuration.js';

/** A plan with the snapshot that it is judged on. */
export interface Drawn {
  readonly text: string;
  readonly base: Snapshot;
}

type State = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The attributes of a type whose change replaces a resource; `*`: each. */
const REPLACING: Readonly<Record<string, string>> = {
  aws_vpc: 'cidr_block',
  aws_subnet: 'vpc_id cidr_block availability_zone',
  aws_vpc_peering_connection: 'vpc_id peer_vpc_id',
  aws_route_table: 'vpc_id',
  aws_route: 'route_table_id destination_cidr_block',
  aws_route_table_association: 'subnet_id',
  aws_network_acl: 'vpc_id',
  aws_network_acl_rule: '*',
  aws_security_group: 'name description vpc_id',
  aws_vpc_security_group_ingress_rule: 'security_group_id',
  aws_vpc_security_group_egress_rule: 'security_group_id',
  aws_instance: 'subnet_id private_ip',
  aws_lb: 'name internal load_balancer_type',
  aws_lb_target_group: 'name port protocol target_type vpc_id',
  aws_lb_target_group_attachment: '*',
  aws_lb_listener: 'load_balancer_arn',
  aws_lb_listener_rule: 'listener_arn',
  aws_ecs_cluster: 'name',
  aws_ecs_task_definition: '*',
  aws_ecs_service: 'name cluster launch_type',
  aws_apigatewayv2_vpc_link: 'subnet_ids security_group_ids',
  aws_api_gateway_vpc_link: 'target_arns',
  aws_apigatewayv2_api: 'protocol_type',
  aws_apigatewayv2_integration: 'api_id integration_type',
  aws_apigatewayv2_route: 'api_id',
  aws_apigatewayv2_stage: 'api_id name',
  aws_api_gateway_resource: 'rest_api_id',
  aws_api_gateway_method: 'rest_api_id resource_id http_method',
  aws_api_gateway_integration: 'rest_api_id resource_id http_method type integration_http_method',
  aws_api_gateway_deployment: 'rest_api_id',
  aws_api_gateway_stage: 'rest_api_id stage_name',
};

const typeOf = (address: string): string => address.split('.')[0] ?? '';

/** A resource of a plan. `known`: the value of a reference, undefined before the apply. */
function resourceOf(
  [address, attributes, dependsOn]: Written,
  known: (address: string, attribute: string) => unknown = () => undefined,
): Resource {
  const refs: Record<string, readonly string[]> = {};
  const open = new Set<string>();
  const after = mapped(attributes, (leaf, path) => {
    const named = referenceIn(leaf);
    if (named === undefined) return leaf;
    const isListed = /^\d+$/.test(path.at(-1) ?? '');
    const place = (isListed ? path.slice(0, -1) : path).join('.');
    refs[place] = [...(refs[place] ?? []), ...id(named.address, named.attribute)];
    const value = known(named.address, named.attribute);
    if (value === undefined) open.add(path[0] ?? '');
    return value === undefined ? (isListed ? null : undefined) : (leaf as string).replace(/@[\w.]+/, String(value));
  });
  const isOpen = (place: string): boolean => open.has(place.split('.')[0] ?? '');
  const unknown = Object.fromEntries(
    Object.keys(refs).flatMap((place) => (isOpen(place) ? [] : [[place.split('.')[0], false]])),
  );
  return { address, after: after as Readonly<Record<string, unknown>>, refs, unknown, ...(dependsOn && { dependsOn }) };
}

/** A plan that creates all of a configuration. */
const created = (all: readonly Written[]): string => planText(all.map((one) => resourceOf(one)));

/** What exists once a configuration was applied: as a snapshot and as a state. */
async function applied(world: readonly Written[]): Promise<{ readonly base: Snapshot; readonly state: State }> {
  const { sim, call } = newAccount({ clock: 'manual', throttle: false, dataPathDelay: 0 });
  const twin = {
    ...planTwins()(EMPTY),
    call: (_: unknown, operation: string, input: object) => call(...(operation.split('.') as [never, string]), input),
    wait: (ms: number) => sim.advance(ms),
  };
  const plan = terraformPlan(readTerraform(created(world), 'plan.json'));
  const set = planSet({ plans: [plans] });
  const { refused, omitted, values } = await carryOut(plan, twin, { set, base: EMPTY, region: REGION, settles: true });
  if (refused.length + omitted.length > 0)
    throw new Error(JSON.stringify([refused.map((one) => one.message), omitted.map((one) => one.why)]));
  const outputs = (address: string) => values.outputs.get(address) ?? {};
  const state = world.map((one) => {
    const { after } = resourceOf(one, (address, attribute) => outputs(address)[attribute]);
    return [one[0], { ...after, ...outputs(one[0]) }] as const;
  });
  const gate = new PrivateIntegrations(aws({ region: REGION, clients: sim.clients(REGION) }), {
    project: 'none',
    clock: sim.clock,
  });
  return { base: await gate.observe({ checks: true }), state: new Map(state) };
}

/** A plan that makes a configuration of the world that was applied. `tainted`: what is replaced as it is. */
function updated(
  world: readonly Written[],
  all: readonly Written[],
  state: State,
  tainted: string | undefined,
  isCreatedFirst: boolean,
): string {
  const former = new Map(world.map((one) => [one[0], one] as const));
  const renewed = new Set(tainted === undefined ? [] : [tainted]);
  const known = (address: string, attribute: string): unknown =>
    renewed.has(address) ? undefined : state.get(address)?.[attribute];
  const differing = (one: Written): readonly string[] => {
    const [address, attributes] = one;
    const was = former.get(address)?.[1] ?? {};
    const { unknown = {}, refs = {} } = resourceOf(one, known);
    const open = Object.keys(refs).flatMap((place) =>
      (place.split('.')[0] ?? '') in unknown ? [] : [place.split('.')[0] ?? ''],
    );
    const names = [...new Set([...Object.keys(was), ...Object.keys(attributes)])];
    return [...open, ...names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(attributes[name]))];
  };
  const isRenewed = (one: Written): boolean => {
    const replacing = (REPLACING[typeOf(one[0])] ?? '').split(' ');
    return renewed.has(one[0]) || differing(one).some((name) => replacing.includes('*') || replacing.includes(name));
  };
  for (let before = -1; before < renewed.size;) {
    before = renewed.size;
    for (const one of all) if (former.has(one[0]) && isRenewed(one)) renewed.add(one[0]);
  }
  const there = all.map((one): Resource => {
    const [address] = one;
    const before = state.get(address);
    const resource = resourceOf(one, known);
    if (before === undefined) return resource;
    if (renewed.has(address))
      return {
        ...resource,
        before,
        actions: isCreatedFirst ? ['create', 'delete'] : ['delete', 'create'],
        unknown: { ...resource.unknown, id: true, arn: true },
      };
    const isChanged = differing(one).length > 0;
    return { ...resource, before, after: { ...before, ...resource.after }, actions: [isChanged ? 'update' : 'no-op'] };
  });
  const gone = world.filter(([address]) => !all.some((one) => one[0] === address));
  const deleted = gone.map(([address]) => ({ address, before: state.get(address), actions: ['delete'] }) as Resource);
  const resources = world.map((one) => {
    const [type, name] = one[0].split('.');
    return { address: one[0], mode: 'managed', type, name, values: state.get(one[0]), depends_on: namesOf(one) };
  });
  return planText(
    [...there, ...deleted],
    {},
    { prior_state: { format_version: '1.0', values: { root_module: { resources } } } },
  );
}

/** Draws plans with one to three faults: of all that is new, or of changes to what was applied. */
export function plansOf(): (random: Random) => Promise<Drawn> {
  const known = new Map<string, ReturnType<typeof applied>>();
  return async (random) => {
    const isNew = random.chance(0.4);
    const world = worldOf(random.chance(0.2) ? random.some(ROUTE_NAMES, 2) : [random.pick(ROUTE_NAMES)]);
    let all = world;
    for (let left = 1 + random.below(3); left > 0; left -= 1) all = changed(all, random);
    const tainted = random.chance(0.2) ? random.pick(world)[0] : undefined;
    const isCreatedFirst = random.chance(0.3);
    if (isNew) return { text: created(all), base: EMPTY };

    const key = world.map(([address]) => address).join(' ');
    const there = known.get(key) ?? applied(world);
    known.set(key, there);
    const { base, state } = await there;
    return { text: updated(world, all, state, tainted, isCreatedFirst), base };
  };
}
