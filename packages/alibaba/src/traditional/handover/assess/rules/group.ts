import { INSTANCE_RETIREMENT } from '../../../cloud/retirement.js';
import { blocked, changed, handoverRule, unknown, type HandoverRule } from '../rule.js';

const marketplace = handoverRule({
  id: 'group/marketplace',
  classic: 'APIs that are sold on the marketplace',
  apig: 'none',
  codes: {
    MARKETPLACE: blocked('{group} is sold on the marketplace. The provider does not move such groups.', {
      affects: ['callers'],
      who: 'provider',
      remedy: 'Ask the provider. A waiver means that buyers are not served.',
    }),
  },
  *find({ source: { group }, aboutGroup }, say) {
    if (group.marketplace) yield say.MARKETPLACE(aboutGroup, { group: group.name });
  },
});

const ownDomain = handoverRule({
  id: 'group/own-domain',
  classic: "callers of the group's own names: SubDomain, DefaultDomain, VPC domains",
  apig: 'none: these names end with the service',
  codes: {
    ONLY_OWN_DOMAIN: blocked(
      '{group} has no custom domain, so callers use {names|the names of the service}. These names cannot move.',
      {
        affects: ['callers'],
        who: 'callers',
        remedy:
          'Bind a custom domain to the group, and let callers use it. A waiver means that callers get a new name at the switch.',
      },
    ),
    OWN_DOMAIN_CALLERS: unknown(
      'Whether callers use {names} is not known: no operation counts calls by name. These names end with the service.',
      {
        affects: ['callers'],
        who: 'callers',
        remedy: 'Look for these names in the access log. Waive it when no caller uses them.',
      },
    ),
  },
  *find({ source: { group }, aboutGroup }, say) {
    const names = [
      ...(group.subDomain === undefined || group.subDomainDisabled ? [] : [group.subDomain]),
      ...(group.defaultDomain === undefined ? [] : [group.defaultDomain]),
      ...group.vpcDomains,
    ];
    if (group.domains.length === 0) yield say.ONLY_OWN_DOMAIN(aboutGroup, { group: group.name, names });
    else if (names.length > 0) yield say.OWN_DOMAIN_CALLERS(aboutGroup, { names });
  },
});

const locked = handoverRule({
  id: 'group/locked',
  classic: 'a group that the provider has locked',
  apig: 'none',
  codes: {
    GROUP_LOCKED: blocked('{group} is locked because of {lock}.', {
      who: 'provider',
      waivable: false,
      remedy: 'Resolve the lock with Alibaba Cloud, and assess again.',
    }),
  },
  *find({ source: { group }, aboutGroup }, say) {
    if (group.lock !== undefined) yield say.GROUP_LOCKED(aboutGroup, { group: group.name, lock: group.lock });
  },
});

const headers = handoverRule({
  id: 'group/passthrough-headers',
  classic: 'headers that the group passes on (`PassthroughHeaders`)',
  apig: 'all headers are passed on',
  codes: {
    HEADERS_PASSED: changed(
      'The group passes on {headers}. The target passes on these and the others that the classic service removes, such as X-Ca-Key and X-Ca-Signature [I].',
      { affects: ['backend'], who: 'backend' },
    ),
  },
  *find({ source: { group }, aboutGroup }, say) {
    const { passthroughHeaders } = group;
    if (passthroughHeaders.length > 0) yield say.HEADERS_PASSED(aboutGroup, { headers: passthroughHeaders });
  },
});

const customAppCode = handoverRule({
  id: 'group/custom-app-code',
  classic: 'an AppCode under another name (`CustomAppCodeConfig`)',
  apig: 'a consumer with an API key in that header or query',
  codes: {
    CUSTOM_APP_CODE: changed(
      'The group takes AppCodes under a name of its own. A consumer with an API key reads it from the same header or query. `postern handover run` creates consumers that sign.',
      {
        target: 'consumer credential Apikey',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Create the API keys by hand after the run, and prove one call with an AppCode before the switch.',
      },
    ),
  },
  *find({ source: { group }, aboutGroup }, say) {
    if (group.customAppCode) yield say.CUSTOM_APP_CODE(aboutGroup);
  },
});

const log = handoverRule({
  id: 'group/log',
  classic: 'access logs in Log Service, and metrics of the service',
  apig: '`logConfig.sls`, metrics of `acs_cnapigateway`: other fields and names',
  codes: {
    LOG_FIELDS: changed(
      'Calls are logged to {project}/{store}. The target writes another log with other fields; alerts and dashboards must be made again.',
      {
        target: 'logConfig.sls of the gateway',
        who: 'platform',
        remedy: 'Copy alerts and dashboards before the switch.',
      },
    ),
  },
  *find({ source: { log: to }, aboutGroup }, say) {
    if (to !== undefined) yield say.LOG_FIELDS(aboutGroup, { project: to.project, store: to.store });
  },
});

const cluster = handoverRule({
  id: 'instance/kind',
  classic: 'a cluster instance; a shared (serverless) instance',
  apig: 'a gateway, which costs money; clusters are not handed over',
  codes: {
    CLUSTER: blocked("{instance} is a cluster. The provider's own tool does not support clusters.", {
      who: 'provider',
      remedy: 'Move the group to a dedicated instance first.',
    }),
    SHARED: changed(
      'The group is on the shared instance, which costs nothing by itself. A gateway costs money each hour.',
      { who: 'platform' },
    ),
    INSTANCE_NOT_READ: unknown('The instance of the group is not known: {why|it was not read}.', {
      who: 'platform',
      remedy: 'Allow `postern` to call DescribeInstances, and assess again.',
    }),
  },
  *find({ source: { instance }, aboutGroup, gap }, say) {
    const { id = '', kind } = instance ?? {};
    const about = { ...aboutGroup, source: { kind: 'instance', id, name: instance?.id ?? 'instance' } } as const;
    if (instance === undefined) yield say.INSTANCE_NOT_READ(about, { why: gap('instance')?.message });
    else if (kind === 'cluster') yield say.CLUSTER(about, { instance: id });
    else if (kind === 'shared') yield say.SHARED(about);
  },
});

const term = handoverRule({
  id: 'instance/term',
  classic: 'the paid term of the instance',
  apig: 'the last day of the hand-over',
  codes: {
    TERM_ENDED: blocked('{instance} was paid until {until}. It may stop to answer calls of {group}.', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Renew it, while renewals are still sold. A waiver accepts the risk.',
    }),
    TERM_ENDS_FIRST: changed(
      '{instance} is paid until {until}. Without a renewal this is the last day of the hand-over and of its rollback.',
      { who: 'platform', remedy: 'Renew it before renewals end, or hand over before that day.' },
    ),
    PAID_BEYOND_END: changed('{instance} is paid until {until}, but the service ends at {end}.', {
      who: 'platform',
      remedy: 'Ask for a refund before that day: refunds end with the service.',
    }),
    SERVICE_ENDED: blocked('The classic service ended at {end}. Whether it still answers calls is not known [U].', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Hand over at once. A waiver accepts that nothing can be compared.',
    }),
  },
  *find({ source: { instance, group }, now, aboutGroup }, say) {
    const end = INSTANCE_RETIREMENT.find(({ ends }) => ends === 'service')?.at;
    if (end !== undefined && Date.parse(end) <= now) {
      yield say.SERVICE_ENDED(aboutGroup, { end });
      return;
    }

    const until = instance?.paidUntil;
    if (instance === undefined || until === undefined) return;

    const { id } = instance;
    const about = { ...aboutGroup, source: { kind: 'instance', id, name: id } } as const;
    const paid = Date.parse(until);
    if (paid <= now) yield say.TERM_ENDED(about, { instance: id, until, group: group.name });
    else if (end !== undefined && paid > Date.parse(end))
      yield say.PAID_BEYOND_END(about, { instance: id, until, end });
    else yield say.TERM_ENDS_FIRST(about, { instance: id, until });
  },
});

const gaps = handoverRule({
  id: 'group/not-read',
  classic: 'facts that could not be read',
  apig: 'undecided',
  codes: {
    NOT_READ: unknown('{part}[ of {id}] could not be read: {why}.', {
      who: 'platform',
      remedy: 'Allow `postern` to read them, and assess again. A waiver means that they are left out.',
    }),
  },
  *find({ source, aboutGroup }, say) {
    for (const { part, id, message: why } of source.gaps) {
      if (OWN_RULES.has(part)) continue;

      const about = { ...aboutGroup, apis: part === 'apis' && id !== undefined ? [id] : [] };
      yield say.NOT_READ(about, { part: WORDS[part] ?? part, id, why });
    }
  },
});

/** Other rules report these where something depends on them. */
const OWN_RULES: ReadonlySet<string> = new Set(['instance', 'accesses', 'backends', 'apps']);

const WORDS: Readonly<Record<string, string>> = {
  apis: 'The definition',
  plugins: 'The plug-ins',
  throttles: 'Throttling policies',
  'ip-controls': 'IP access control policies',
  signatures: 'Signatures towards backends',
  authorizations: 'The authorized apps',
  products: 'API products',
  log: 'The settings of logs',
};

export const groupRules: readonly HandoverRule[] = [
  marketplace,
  ownDomain,
  locked,
  headers,
  customAppCode,
  log,
  cluster,
  term,
  gaps,
];
