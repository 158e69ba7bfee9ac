import type { AwsStage } from '../checks/aws/account.js';
import type { Simulation } from '../../src/index.js';
import { AWS_CATALOGUE, AWS_REFUSALS } from './catalogue/aws.js';
import { CATALOGUE } from './catalogue/index.js';
import { REFUSALS } from './catalogue/refusals.js';
import { awsDamageOf } from './aws-damage.js';
import { openAws } from './aws-stages.js';
import { damageOf } from './damage.js';
import { REGION, type Stage } from './scene.js';
import { open } from './stages.js';

/** What happened when a move was made by hand although validation reports the fault, while all routes were called. */
export interface Forced {
  readonly id: string;
  /** `fails`, `refused`, `cut off`, `changed`, `not answered`; with `back: `, where the move back did it. */
  readonly outcome: string;
  readonly calls: number;
  readonly lost: number;
  /** The routes with lost calls. */
  readonly routes: readonly string[];
}

/** Calls of each route in a simulated second. */
const PER_SECOND = 1;
/** Until DNS has changed for all callers, and as long again. */
const AFTER_MS = 1_200_000;
/** Until what was planted is in effect. */
const BEFORE_MS = 120_000;
/** Between two calls of callers in other networks. */
const LOOK_MS = 1_000;
const AWS_AFTER_MS = 120_000;
/** A link stays PENDING longer than that. */
const AWS_BEFORE_MS = 10_000;

type Route = {
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What is called, and how long. */
interface Load {
  readonly routes: () => readonly Route[];
  /** Callers in another network, of another domain: whether they are answered now. */
  readonly others?: (() => boolean) | undefined;
  /** Before the move, until what was planted is in effect; and after it. */
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Calls routes while something happens. Those that are not answered at the start are left out. */
async function underLoad(
  id: string,
  simulation: Simulation,
  { routes: listed, others, beforeMs, afterMs }: Load,
  happen: () => Promise<string>,
): Promise<Forced> {
  await simulation.advance(beforeMs);
  const routes = listed();
  const answered = await Promise.all(
    routes.map(async (route) => ((await simulation.traffic.call(route)).outcome === 'delivered' ? [route] : [])),
  );
  const jobs = answered.flat().map(({ name, host, path, headers }) => ({
    name,
    job: simulation.traffic.load({
      gateway: host,
      paths: [path],
      perSecond: PER_SECOND,
      seconds: 0,
      ...(headers === undefined ? {} : { headers }),
    }),
  }));
  await simulation.advance(10_000);
  const told = others === undefined ? undefined : watched(simulation, others);
  const said = await happen();
  await simulation.advance(afterMs);
  const ends = jobs.map(({ name, job }) => {
    job.end();
    const { calls, delivered } = job.status();
    return { name, calls, lost: calls - delivered };
  });
  if (told !== undefined) ends.push({ name: 'the domain', ...told.end() });
  const sum = (of: 'calls' | 'lost'): number => ends.reduce((all, one) => all + one[of], 0);
  const outcome = /^(?:back: )?[a-z ]+/.exec(said)?.[0] ?? said;
  const cut = ends.filter(({ lost }) => lost > 0).map(({ name }) => name);
  return { id, outcome, calls: sum('calls'), lost: sum('lost'), routes: cut.toSorted() };
}

/** Asks all the time whether other callers are answered: each second is a call. */
function watched(simulation: Simulation, isAnswered: () => boolean) {
  const { clock } = simulation;
  const startMs = clock.now();
  let [lastMs, lostMs] = [startMs, 0];
  const over = new AbortController();
  const look = async (): Promise<void> => {
    while (!over.signal.aborted) {
      if (!isAnswered()) lostMs += clock.now() - lastMs;
      lastMs = clock.now();
      await clock.sleep(LOOK_MS);
    }
  };
  void look();
  return {
    end: () => {
      over.abort();
      const seconds = (ms: number): number => Math.round((ms / 1_000) * PER_SECOND);
      return { calls: seconds(clock.now() - startMs), lost: seconds(lostMs) };
    },
  };
}

/** What is published, on each stage, and how callers reach it. */
function routesOf({ call, parts }: Stage): readonly Route[] {
  const { ApiSummarys } = call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup, PageSize: 50 });
  const host = `${parts.apiGroup}-${REGION}.alicloudapi.com`;
  return ApiSummarys.ApiSummary.flatMap(({ ApiPath, DeployedInfos }: any): readonly Route[] =>
    DeployedInfos.DeployedInfo.flatMap(({ StageName, DeployedStatus }: any): readonly Route[] => {
      if (DeployedStatus !== 'DEPLOYED') return [];
      const headers = { 'X-Ca-Stage': StageName as string };
      const usual = { name: `${StageName} ${ApiPath}`, host, path: ApiPath as string, headers };
      return ApiPath === '/orders'
        ? [usual, { ...usual, name: `${usual.name}?Query=1`, path: '/orders?Query=1' }]
        : [usual];
    }),
  );
}

/** How each fault of a migration of a group is forced, by its ID. */
const GROUPS: readonly (readonly [id: string, force: () => Promise<Forced>])[] = [
  ...CATALOGUE.filter(({ damage }) => damage.kind !== 'not shown').map((fault) => {
    const force = async (): Promise<Forced> => {
      const stage = await open(fault.source);
      await fault.plant(stage);
      const { old, next } = stage.parts;
      const [to, from] = fault.to === 'old' ? [old, next] : [next, old];
      stage.simulation.faults.clear();
      const happen = () => damageOf(stage, fault, from, to);
      const { damage, isUnderWay } = fault;
      const call = damage.kind === 'unanswered' ? damage.calls(stage) : undefined;
      const others = call && ((): boolean => stage.simulation.connects(call.from, call.domain).connects);
      // A move that goes on by itself does damage of its own: calls are counted until this one is refused.
      const times = isUnderWay === true ? { beforeMs: 0, afterMs: 0 } : { beforeMs: BEFORE_MS, afterMs: AFTER_MS };
      return underLoad(fault.id, stage.simulation, { routes: () => routesOf(stage), others, ...times }, happen);
    };
    return [fault.id, force] as const;
  }),
  ...REFUSALS.map((refusal) => {
    const force = async (): Promise<Forced> => {
      const stage = await open(refusal.source);
      const to = await refusal.target(stage);
      const happen = () => damageOf(stage, refusal, stage.parts.old, to);
      const load = { routes: () => routesOf(stage), beforeMs: BEFORE_MS, afterMs: AFTER_MS };
      return underLoad(refusal.id, stage.simulation, load, happen);
    };
    return [refusal.id, force] as const;
  }),
];

/** The routes of the scene's API. */
function awsRoutes({ call, parts }: AwsStage): readonly Route[] {
  const { Items } = call('apigatewayv2', 'GetRoutes', { ApiId: parts.api });
  // These callers sign nothing.
  for (const { RouteId } of Items) {
    call('apigatewayv2', 'UpdateRoute', { ApiId: parts.api, RouteId, AuthorizationType: 'NONE' });
  }
  const host = `${parts.api}.execute-api.eu-west-1.amazonaws.com`;
  return Items.map(({ RouteKey }: any): Route => ({ name: RouteKey, host, path: RouteKey.replace(/^\S+ /, '') }));
}

const ROUTES: typeof GROUPS = [...AWS_CATALOGUE, ...AWS_REFUSALS].map((fault) => {
  const force = async (): Promise<Forced> => {
    const stage = await openAws();
    const to = await ('plant' in fault ? fault.plant(stage) : fault.target(stage));
    const routes = awsRoutes(stage);
    const load = { routes: () => routes, beforeMs: AWS_BEFORE_MS, afterMs: AWS_AFTER_MS };
    return underLoad(fault.id, stage.simulation, load, () => awsDamageOf(stage, fault, to));
  };
  return [fault.id, force] as const;
});

/** Every fault whose damage a simulated account shows, with what forces it. */
export const FORCED = new Map([...GROUPS, ...ROUTES]);
