import { defined, unless, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { CustomDomain, Gateway } from '@postern/core/internal/snapshot';
import { type ItemOf, listAll } from '../../client/lists.js';
import { flagOf, plain, eachOf, numberOf } from '../../client/plain.js';
import { type GroupOutput, targetIdOf, type PublishedService } from './api.js';
import type { Answer } from '../../client/apis/actions.js';
import type { Session } from '../../client/session.js';
import type { VpcAccess } from '../instances/vpc-access.js';
import { isBefore, isLastWritten, type Publication } from './api-list.js';
import type { Draft } from './drafts.js';

/** A custom domain as its group has it. */
export type DomainOutput = ItemOf<GroupOutput, 'CustomDomains.DomainItem'>;

/** The custom domains of a group, as its own answer has them: they cost no call. */
export function customDomainsOf({ id, raw }: Pick<Gateway, 'id' | 'raw'>): readonly CustomDomain[] {
  const { CustomDomains } = raw as GroupOutput;
  return (CustomDomains?.DomainItem ?? []).map((one) => toCustomDomain(id, one));
}

/**
 * A domain leads to one stage where it is bound to one, else to the stage that a call names. `BOUND` is the state of a
 * binding that is not in effect, `ABNORMAL` that of a domain that its owner has to correct, such as one without an ICP filing.
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/domain-name-information
 */
function toCustomDomain(gatewayId: string, one: DomainOutput): CustomDomain {
  const { DomainBindingStatus: binding, DomainLegalStatus: legal, CertificateId: certificate } = one;
  const end = new Date(Number(one.CertificateValidEnd ?? Number.NaN));
  return {
    id: one.DomainName ?? '',
    mappings: [{ path: '', gatewayId, ...defined({ stage: one.BindStageName || undefined }) }],
    ...defined({ endpoint: ENDPOINTS.get(one.CustomDomainType?.toUpperCase() ?? '') }),
    // Whether a domain without a certificate is answered with an empty ID or without one is not documented [U].
    ...(certificate ? { certificateIds: [certificate] } : {}),
    ...(Number.isNaN(end.getTime()) ? {} : { certificateEnd: end.toISOString() }),
    ...defined({ nativeState: stateOf(binding, legal), usable: usable(binding, legal) }),
    ...(one.IsHttpRedirectToHttps === undefined ? {} : { redirects: flagOf(one.IsHttpRedirectToHttps) }),
    raw: plain(one),
  };
}

const ENDPOINTS: ReadonlyMap<string, NonNullable<CustomDomain['endpoint']>> = new Map([
  ['INTERNET', 'regional'],
  ['INTRANET', 'intranet'],
]);

/** The state that stops calls, where one does. */
function stateOf(binding: string | undefined, legal: string | undefined): string | undefined {
  return usableStatus(binding) === false ? binding : legal || binding || undefined;
}

function usable(binding: string | undefined, legal: string | undefined): boolean | undefined {
  const each = [usableStatus(binding), usableStatus(legal)];
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
}

const USABLE: ReadonlyMap<string, boolean> = new Map([
  ['BINDING', true],
  ['NORMAL', true],
  ['BOUND', false],
  ['ABNORMAL', false],
]);

function usableStatus(status = ''): boolean | undefined {
  return USABLE.get(status.toUpperCase());
}

/** The published definition of an API on a stage. */
export type Published = Answer<'CloudAPI', 'DescribeDeployedApi'>;

/** The published definitions of APIs: by API and stage. */
export type PublishedApis = ReadonlyMap<string, Readonly<Record<string, Published>>>;

type Triple = Pick<VpcAccess, 'vpcId' | 'instanceId' | 'port'>;

/** Where APIs are published, by stage and ID, and what their backends are. */
export interface PublishedGroup {
  readonly groupId: string;
  readonly shown: ReadonlyMap<string, ReadonlyMap<string, Publication>>;
  readonly accesses: ReadonlyMap<string, VpcAccess>;
}

interface Publishing {
  readonly draft: Draft;
  readonly stage: string;
}

/**
 * The definitions that stages serve. Those of an API that was not changed since Postern wrote it are its draft's, and not read:
 * one list for each authorization shows what each stage calls through it. Of each authorization and stage one definition is
 * read and compared with that list; where they differ, all are read.
 */
export async function readPublications(
  session: Session,
  group: PublishedGroup,
  drafts: readonly Draft[],
  ctx: CallContext,
): Promise<PublishedApis> {
  const found = new Map<string, Record<string, Published>>(drafts.map(({ summary }) => [summary.id, {}]));
  const put = ({ draft, stage }: Publishing, api: Published | undefined): void => {
    if (api !== undefined) Object.assign(found.get(draft.summary.id) ?? {}, { [stage]: api });
  };
  const read = async (one: Publishing): Promise<Published | undefined> => {
    const query = { GroupId: group.groupId, ApiId: one.draft.summary.id, StageName: one.stage };
    const api = await unlessGone(session.call(ctx, 'CloudAPI', 'DescribeDeployedApi', query));
    put(one, api);
    return api;
  };
  const all = drafts.flatMap((draft) =>
    [...group.shown].flatMap(([stage, apis]) => (apis.has(draft.summary.id) ? [{ draft, stage }] : [])),
  );
  const rest: Publishing[] = [];
  const alike = new Map<string, [Publishing, ...Publishing[]]>();
  for (const one of all) {
    const name = one.draft.api.ServiceConfig?.VpcConfig?.Name;
    if (!isOfDraft(one, group)) rest.push(one);
    else if (name === undefined) put(one, publishedAs(one, group, undefined));
    else {
      const same = alike.get(`${name} ${one.stage}`);
      if (same === undefined) alike.set(`${name} ${one.stage}`, [one]);
      else same.push(one);
    }
  }
  const names = new Set([...alike.values()].flatMap(([{ draft }]) => draft.api.ServiceConfig?.VpcConfig?.Name ?? []));
  const users = new Map(
    await eachOf([...names], async (name) => [name, await usersOf(session, group.groupId, name, ctx)] as const),
  );
  await eachOf([...alike.values()], async ([first, ...others]) => {
    const name = first.draft.api.ServiceConfig?.VpcConfig?.Name ?? '';
    const called = users.get(name);
    const calls = (one: Publishing): Triple | undefined => {
      const shown = group.shown.get(one.stage)?.get(one.draft.summary.id);
      // An authorization with the same name may be another than the version was published with.
      const isOlder = isBefore(shown?.deployedTime, createdTimeOf(group.accesses.get(name)));
      return isOlder ? undefined : called?.get(`${one.draft.summary.id} ${one.stage}`);
    };
    const { ServiceConfig } = (await read(first)) ?? {};
    const agrees = isSame(calls(first), ServiceConfig);
    for (const one of others) {
      const triple = agrees ? calls(one) : undefined;
      if (triple === undefined) rest.push(one);
      else put(one, publishedAs(one, group, triple));
    }
  });
  await eachOf(rest, read);
  return found;
}

/** Whether a stage serves the definition of a draft that was not read. */
function isOfDraft({ draft: { summary, sent }, stage }: Publishing, { shown }: PublishedGroup): boolean {
  return sent === 'created' || (sent === 'changed' && isLastWritten(shown.get(stage)?.get(summary.id), summary));
}

/** What DescribeDeployedApi answers of a version with the draft's definition. It does not show the scheme. */
function publishedAs(
  { draft: { api, summary }, stage }: Publishing,
  { shown }: PublishedGroup,
  triple: Triple | undefined,
): Published {
  const { DeployedInfos: _infos, CreatedTime: _created, ModifiedTime: _modified, BackendEnable: _, ...kept } = api;
  const { VpcConfig, ...service } = api.ServiceConfig ?? {};
  return {
    ...kept,
    StageName: stage,
    ServiceConfig: {
      ...service,
      ...(triple && {
        VpcConfig: {
          Name: VpcConfig?.Name,
          VpcId: triple.vpcId,
          InstanceId: triple.instanceId,
          Port: triple.port,
        },
      }),
    },
    DeployedTime: shown.get(stage)?.get(summary.id)?.deployedTime,
  };
}

function isSame(triple: Triple | undefined, service: PublishedService | undefined): boolean {
  if (triple === undefined || service === undefined || targetIdOf(service) === undefined) return false;

  const { VpcId, InstanceId, Port } = service.VpcConfig ?? {};
  return VpcId === triple.vpcId && InstanceId === triple.instanceId && Number(Port) === triple.port;
}

/**
 * What the published APIs of a group call through an authorization, by API and stage. Undefined where the list may not be read.
 * That it shows what a version was published with, and not the authorization as it is now, is inferred.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapisbyvpcaccess
 */
async function usersOf(
  session: Session,
  groupId: string,
  name: string,
  ctx: CallContext,
): Promise<ReadonlyMap<string, Triple> | undefined> {
  const query = { VpcName: name };
  const list = listAll(session, ctx, `published APIs of ${name}`, 'CloudAPI', 'DescribeApisByVpcAccess', query);
  const rows = await unless(list, 'PERMISSION_DENIED', 'NOT_FOUND');
  return (
    rows &&
    new Map(
      rows
        .filter(({ GroupId }) => GroupId === groupId)
        .map(({ ApiId, StageName = '', VpcId = '', InstanceId = '', Port }) => [
          `${ApiId} ${StageName}`,
          { vpcId: VpcId, instanceId: InstanceId, port: numberOf(Port) ?? 0 },
        ]),
    )
  );
}

function createdTimeOf(access: VpcAccess | undefined): string | undefined {
  return (access?.raw as { readonly CreatedTime?: string } | undefined)?.CreatedTime;
}
