import { INSTANCE_RETIREMENT } from '../../../cloud/retirement.js';
import { say, type HandoverRule } from '../rule.js';

const marketplace: HandoverRule = {
  id: 'group/marketplace',
  classic: 'APIs that are sold on the marketplace',
  apig: 'none',
  codes: { MARKETPLACE: 'blocked' },
  *find({ source: { group }, aboutGroup }) {
    if (!group.marketplace) return;
    yield say.blocked('MARKETPLACE', aboutGroup, {
      affects: ['callers'],
      who: 'provider',
      message: `${group.name} is sold on the marketplace. The provider does not move such groups.`,
      remedy: 'Ask the provider. A waiver means that buyers are not served.',
    });
  },
};

const ownDomain: HandoverRule = {
  id: 'group/own-domain',
  classic: "callers of the group's own names: SubDomain, DefaultDomain, VPC domains",
  apig: 'none: these names end with the service',
  codes: { ONLY_OWN_DOMAIN: 'blocked', OWN_DOMAIN_CALLERS: 'unknown' },
  *find({ source: { group }, aboutGroup }) {
    const names = [
      ...(group.subDomain === undefined || group.subDomainDisabled ? [] : [group.subDomain]),
      ...(group.defaultDomain === undefined ? [] : [group.defaultDomain]),
      ...group.vpcDomains,
    ];
    if (group.domains.length === 0) {
      yield say.blocked('ONLY_OWN_DOMAIN', aboutGroup, {
        affects: ['callers'],
        who: 'callers',
        message: `${group.name} has no custom domain, so callers use ${names.join(', ') || 'the names of the service'}. These names cannot move.`,
        remedy:
          'Bind a custom domain to the group, and let callers use it. A waiver means that callers get a new name at the switch.',
      });
    } else if (names.length > 0) {
      yield say.unknown('OWN_DOMAIN_CALLERS', aboutGroup, {
        affects: ['callers'],
        who: 'callers',
        message: `Whether callers use ${names.join(', ')} is not known: no operation counts calls by name. These names end with the service.`,
        remedy: 'Look for these names in the access log. Waive it when no caller uses them.',
      });
    }
  },
};

const locked: HandoverRule = {
  id: 'group/locked',
  classic: 'a group that the provider has locked',
  apig: 'none',
  codes: { GROUP_LOCKED: 'blocked' },
  *find({ source: { group }, aboutGroup }) {
    if (group.lock === undefined) return;
    yield say.blocked('GROUP_LOCKED', aboutGroup, {
      who: 'provider',
      waivable: false,
      message: `${group.name} is locked because of ${group.lock}.`,
      remedy: 'Resolve the lock with Alibaba Cloud, and assess again.',
    });
  },
};

const headers: HandoverRule = {
  id: 'group/passthrough-headers',
  classic: 'headers that the group passes on (`PassthroughHeaders`)',
  apig: 'all headers are passed on',
  codes: { HEADERS_PASSED: 'changed' },
  *find({ source: { group }, aboutGroup }) {
    if (group.passthroughHeaders.length === 0) return;
    yield say.changed('HEADERS_PASSED', aboutGroup, {
      affects: ['backend'],
      who: 'backend',
      message: `The group passes on ${group.passthroughHeaders.join(', ')}. The target passes on these and the others that the classic service removes, such as X-Ca-Key and X-Ca-Signature [I].`,
    });
  },
};

const customAppCode: HandoverRule = {
  id: 'group/custom-app-code',
  classic: 'an AppCode under another name (`CustomAppCodeConfig`)',
  apig: 'a consumer with an API key in that header or query',
  codes: { CUSTOM_APP_CODE: 'changed' },
  *find({ source: { group }, aboutGroup }) {
    if (!group.customAppCode) return;
    yield say.changed('CUSTOM_APP_CODE', aboutGroup, {
      target: 'consumer credential Apikey',
      affects: ['callers'],
      who: 'platform',
      message:
        'The group takes AppCodes under a name of its own. A consumer with an API key reads it from the same header or query. `postern handover run` creates consumers that sign.',
      remedy: 'Create the API keys by hand after the run, and prove one call with an AppCode before the switch.',
    });
  },
};

const log: HandoverRule = {
  id: 'group/log',
  classic: 'access logs in Log Service, and metrics of the service',
  apig: '`logConfig.sls`, metrics of `acs_cnapigateway`: other fields and names',
  codes: { LOG_FIELDS: 'changed' },
  *find({ source: { log: to }, aboutGroup }) {
    if (to === undefined) return;
    yield say.changed('LOG_FIELDS', aboutGroup, {
      target: 'logConfig.sls of the gateway',
      who: 'platform',
      message: `Calls are logged to ${to.project}/${to.store}. The target writes another log with other fields; alerts and dashboards must be made again.`,
      remedy: 'Copy alerts and dashboards before the switch.',
    });
  },
};

const cluster: HandoverRule = {
  id: 'instance/kind',
  classic: 'a cluster instance; a shared (serverless) instance',
  apig: 'a gateway, which costs money; clusters are not handed over',
  codes: { CLUSTER: 'blocked', SHARED: 'changed', INSTANCE_NOT_READ: 'unknown' },
  *find({ source: { instance }, aboutGroup, gap }) {
    const about = {
      ...aboutGroup,
      source: { kind: 'instance', id: instance?.id ?? '', name: instance?.id ?? 'instance' },
    } as const;
    if (instance === undefined) {
      yield say.unknown('INSTANCE_NOT_READ', about, {
        who: 'platform',
        message: `The instance of the group is not known: ${gap('instance')?.message ?? 'it was not read'}.`,
        remedy: 'Allow `postern` to call DescribeInstances, and assess again.',
      });
    } else if (instance.kind === 'cluster') {
      yield say.blocked('CLUSTER', about, {
        who: 'provider',
        message: `${instance.id} is a cluster. The provider's own tool does not support clusters.`,
        remedy: 'Move the group to a dedicated instance first.',
      });
    } else if (instance.kind === 'shared') {
      yield say.changed('SHARED', about, {
        who: 'platform',
        message: 'The group is on the shared instance, which costs nothing by itself. A gateway costs money each hour.',
      });
    }
  },
};

const term: HandoverRule = {
  id: 'instance/term',
  classic: 'the paid term of the instance',
  apig: 'the last day of the hand-over',
  codes: { TERM_ENDED: 'blocked', TERM_ENDS_FIRST: 'changed', PAID_BEYOND_END: 'changed', SERVICE_ENDED: 'blocked' },
  *find({ source: { instance, group }, now, aboutGroup }) {
    const [service] = INSTANCE_RETIREMENT.filter(({ ends }) => ends === 'service');
    const end = service === undefined ? undefined : Date.parse(service.at);
    if (service !== undefined && end !== undefined && end <= now) {
      yield say.blocked('SERVICE_ENDED', aboutGroup, {
        affects: ['callers'],
        who: 'platform',
        message: `The classic service ended at ${service.at}. Whether it still answers calls is not known [U].`,
        remedy: 'Hand over at once. A waiver accepts that nothing can be compared.',
      });
      return;
    }
    const until = instance?.paidUntil;
    if (instance === undefined || until === undefined) return;
    const about = { ...aboutGroup, source: { kind: 'instance', id: instance.id, name: instance.id } } as const;
    const paid = Date.parse(until);
    if (paid <= now) {
      yield say.blocked('TERM_ENDED', about, {
        affects: ['callers'],
        who: 'platform',
        message: `${instance.id} was paid until ${until}. It may stop to answer calls of ${group.name}.`,
        remedy: 'Renew it, while renewals are still sold. A waiver accepts the risk.',
      });
    } else if (end !== undefined && paid > end) {
      yield say.changed('PAID_BEYOND_END', about, {
        who: 'platform',
        message: `${instance.id} is paid until ${until}, but the service ends at ${service?.at ?? ''}.`,
        remedy: 'Ask for a refund before that day: refunds end with the service.',
      });
    } else {
      yield say.changed('TERM_ENDS_FIRST', about, {
        who: 'platform',
        message: `${instance.id} is paid until ${until}. Without a renewal this is the last day of the hand-over and of its rollback.`,
        remedy: 'Renew it before renewals end, or hand over before that day.',
      });
    }
  },
};

const gaps: HandoverRule = {
  id: 'group/not-read',
  classic: 'facts that could not be read',
  apig: 'undecided',
  codes: { NOT_READ: 'unknown' },
  *find({ source, aboutGroup }) {
    for (const { part, id, message } of source.gaps) {
      if (OWN_RULES.has(part)) continue;
      yield say.unknown(
        'NOT_READ',
        { ...aboutGroup, apis: part === 'apis' && id !== undefined ? [id] : [] },
        {
          who: 'platform',
          message: `${WORDS[part] ?? part}${id === undefined ? '' : ` of ${id}`} could not be read: ${message}.`,
          remedy: 'Allow `postern` to read them, and assess again. A waiver means that they are left out.',
        },
      );
    }
  },
};

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
