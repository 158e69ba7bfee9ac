import type { Owner, Stage, StageCache } from '@postern/core/internal/library';
import { defined, OWNER_TAG, PROJECT_TAG } from '@postern/core/internal/adapter';
import { ALL_METHODS, callsOf, settingsKey } from './cloud/method-throttles.js';
import { toWriters } from '../gateways/stage-writers.js';
import type { RestDeploymentOutput, RestStageOutput } from '../sdk-types.js';
import type { RestMethod } from './rest-route.js';
import { toAccessLog } from '../gateways/access-log.js';

const DEPLOYED_TAG = 'postern:deployed:';

/**
 * The tag of a stage that was deployed: `postern:deployed:shop@orders-7f3k2q` = `<hash> <deployment ID>`, from the
 * mark of the deployment (`postern:shop@orders-7f3k2q/<hash>`). With the tag, a plan needs no list of deployments.
 */
export function deployedTag(mark: string, deploymentId: string): Record<string, string> {
  const [, deployer, hash] = /^postern:([^/]+)\/(\S+)$/.exec(mark) ?? [];
  if (deployer === undefined || hash === undefined) throw new TypeError(`${mark} is not the mark of a deployment`);

  return { [`${DEPLOYED_TAG}${deployer}`]: `${hash} ${deploymentId}` };
}

/** The tags of a stage that Postern creates. They name who may delete it. */
export function createdTags({ project, spec }: Pick<Owner, 'project' | 'spec'>): Record<string, string> {
  return { [PROJECT_TAG]: project, ...defined({ [OWNER_TAG]: spec }) };
}

/** Who created a stage, by its tags; undefined where that was not Postern. */
export function createdBy(tags: RestStageOutput['tags'] = {}): Stage['createdBy'] {
  const project = tags[PROJECT_TAG];
  return project === undefined ? undefined : { project, ...defined({ spec: tags[OWNER_TAG] }) };
}

/** A deployment by Postern, as the tag of a stage records it. */
interface Deployed {
  readonly mark: string;
  readonly deploymentId: string;
}

/** The recorded deployments of `deployer` (`shop`, `shop@orders-7f3k2q`), or of all where none is given. */
function recorded({ tags = {} }: RestStageOutput, deployer: string | undefined): readonly Deployed[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    if (!key.startsWith(DEPLOYED_TAG)) return [];

    const by = key.slice(DEPLOYED_TAG.length);
    const [, hash, deploymentId] = /^(\S+) (\S+)$/.exec(value) ?? [];
    if (hash === undefined || deploymentId === undefined || (deployer !== undefined && by !== deployer)) return [];

    return [{ mark: `postern:${by}/${hash}`, deploymentId }];
  });
}

/** Whether `deployer` (any project, where none is given) deployed to a stage before. */
export function wasDeployedBy(stage: RestStageOutput, deployer: string | undefined): boolean {
  return recorded(stage, deployer).length > 0;
}

/**
 * Whether the tags of a stage do not show what it serves: Postern deployed to it, and it has another deployment
 * now. The list of deployments then decides.
 */
export function needsDeployments(stage: RestStageOutput, deployer?: string): boolean {
  const known = recorded(stage, deployer);
  return known.length > 0 && known.every(({ deploymentId }) => deploymentId !== stage.deploymentId);
}

/**
 * A stage in the portable form. `deployed` is the mark in its tag, where the stage has that deployment.
 * Otherwise it is the newest mark of `deployer` among `deployments` up to the stage's own: a later deployment
 * by another writer contains what the marked one deployed, and a rollback to an earlier one does not.
 */
export function toRestStage(
  stage: RestStageOutput,
  deployments: readonly RestDeploymentOutput[] = [],
  deployer?: string,
): Stage {
  const {
    stageName = '',
    deploymentId,
    variables,
    canarySettings: canary,
    tags,
    clientCertificateId,
    accessLogSettings,
  } = stage;
  const current = recorded(stage, deployer).find((one) => one.deploymentId === deploymentId);
  const by = createdBy(tags);
  return {
    name: stageName,
    autoDeploy: false,
    deploymentId,
    deployed:
      current?.mark ?? (needsDeployments(stage, deployer) ? newestMark(stage, deployments, deployer) : undefined),
    ...(variables === undefined || Object.keys(variables).length === 0 ? {} : { variables: { ...variables } }),
    ...(canary === undefined ? {} : { canary: toCanary(canary) }),
    accessLog: toAccessLog(accessLogSettings?.destinationArn, accessLogSettings?.format),
    clientCertificate: clientCertificateId === undefined ? {} : { id: clientCertificateId },
    ...defined({ createdBy: by }),
    ...toWriters(tags),
  };
}

function toCanary(canary: NonNullable<RestStageOutput['canarySettings']>): NonNullable<Stage['canary']> {
  const { deploymentId, percentTraffic, stageVariableOverrides: variables } = canary;
  return {
    ...defined({ deploymentId }),
    percent: percentTraffic ?? 0,
    ...(variables === undefined || Object.keys(variables).length === 0 ? {} : { variables: { ...variables } }),
  };
}

function newestMark(
  { deploymentId }: RestStageOutput,
  deployments: readonly RestDeploymentOutput[],
  deployer: string | undefined,
): string | undefined {
  const current = deployments.find(({ id }) => id === deploymentId);
  if (current === undefined) return undefined;

  const prefix = deployer === undefined ? 'postern:' : `postern:${deployer}/`;
  return (
    deployments
      .filter((one) => one.description?.startsWith(prefix) === true && createdMs(one) <= createdMs(current))
      // Two of the same second: the stage's own was the later one.
      .toSorted((a, b) => createdMs(b) - createdMs(a) || Number(b === current) - Number(a === current))[0]?.description
  );
}

function createdMs({ createdDate }: RestDeploymentOutput): number {
  return createdDate === undefined ? 0 : new Date(createdDate).getTime();
}

type MethodSettings = NonNullable<RestStageOutput['methodSettings']>[string];

/**
 * What a stage of a REST API answers from its cache. The settings for all methods cache those of GET alone; another method needs its
 * own. A TTL of 0 caches nothing, and streams are not cached.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export function toCache(
  { cacheClusterEnabled, cacheClusterSize, methodSettings = {} }: RestStageOutput,
  methods: readonly RestMethod[],
): StageCache {
  if (cacheClusterEnabled !== true) return {};

  const { [ALL_METHODS]: ofAll = {}, ...own } = methodSettings;
  const found = new Map(Object.entries(own).map(([key, settings]) => [settingsKey(key), settings]));
  const stored = methods.filter(({ method }) => method.methodIntegration?.responseTransferMode !== 'STREAM');
  const isEncrypted = ttlOf(ofAll) !== undefined && ofAll.cacheDataEncrypted === true;
  const calls = stored
    .flatMap((method) => callsOf(method, methods))
    .flatMap((key) => {
      const settings = found.get(key) ?? (key.startsWith('GET ') ? ofAll : {});
      const ttlSeconds = ttlOf(settings) ?? 0;
      const passable = settings.requireAuthorizationForCacheControl === false;
      const encrypted = settings.cacheDataEncrypted === true;
      const own = { ...(passable ? { passable } : {}), ...(encrypted === isEncrypted ? {} : { encrypted }) };
      return ttlSeconds === 0 ? [] : [{ key, ttlSeconds, ...own }];
    });
  const ttlSeconds = ttlOf(ofAll);
  return {
    ...(cacheClusterSize === undefined ? {} : { size: Number(cacheClusterSize) }),
    ...(ttlSeconds === undefined ? {} : { ttlSeconds, encrypted: ofAll.cacheDataEncrypted === true }),
    calls,
  };
}

function ttlOf({ cachingEnabled, cacheTtlInSeconds = 300 }: MethodSettings): number | undefined {
  return cachingEnabled === true ? cacheTtlInSeconds : undefined;
}
