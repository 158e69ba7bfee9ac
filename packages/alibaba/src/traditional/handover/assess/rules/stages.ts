import { apiRule, blocked, changed, exact, handoverRule, unknown, type HandoverRule } from '../rule.js';
import { stagesOf } from './domains.js';

const gateway = handoverRule({
  id: 'stage/gateway',
  classic: 'stages of one group: RELEASE, PRE, TEST, on one domain',
  apig: 'a gateway for each stage, and a domain for each',
  codes: {
    STAGE_GATEWAY: exact('{count} {count?API:APIs} of {stage} {count?goes:go} to one gateway.', {
      target: 'a gateway for {stage}',
    }),
    STAGES_ON_ONE_DOMAIN: changed(
      '{count} {count?API:APIs} of {stage} {count?goes to a gateway of its own:go to a gateway of their own}. The header X-Ca-Stage is ignored there, so callers[ of {shared}] need a name for each stage.',
      {
        target: 'a gateway for {stage}',
        affects: ['callers'],
        who: 'callers',
        remedy: 'Give each stage a domain, or hand over the stages one by one with --stage.',
      },
    ),
  },
  *find(view, say) {
    const shared = view.source.group.domains
      .filter((domain) => stagesOf(view, domain).length > 1)
      .map(({ name }) => name);
    for (const [stage, apis] of view.stages) {
      const about = { source: { kind: 'stage', id: stage, name: stage }, stage, apis: [] } as const;
      yield view.stages.size > 1
        ? say.STAGES_ON_ONE_DOMAIN(about, { count: apis.length, stage, shared })
        : say.STAGE_GATEWAY(about, { count: apis.length, stage });
    }
  },
});

const variables = handoverRule({
  id: 'stage/variables',
  classic: 'a stage variable: `#NAME#`',
  apig: 'its value, written into the service of the stage',
  codes: {
    VARIABLE_RESOLVED: changed(
      'The stage variable {name} becomes its value on {stage}, {value}. A later change of it means an update of the service.',
      { target: '{value}', who: 'platform' },
    ),
    VARIABLE_UNKNOWN: unknown(
      'The value of the stage variable {name} on {stage} is not known: no operation of the service returns it.',
      { who: 'platform', waivable: false, remedy: 'Give it: --variable {stage}.{name}=VALUE.' },
    ),
  },
  *find(view, say) {
    for (const [stage, published] of view.stages) {
      const users = new Map<string, string[]>();
      for (const { api, deployment } of published) {
        for (const name of deployment.variables) users.set(name, [...(users.get(name) ?? []), api.id]);
      }
      for (const [name, apis] of [...users].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const about = { source: { kind: 'variable', id: name, name }, stage, apis: apis.toSorted() } as const;
        const value = view.source.variables[stage]?.[name];
        yield value === undefined
          ? say.VARIABLE_UNKNOWN(about, { name, stage })
          : say.VARIABLE_RESOLVED(about, { name, stage, value });
      }
    }
  },
});

const draft = apiRule({
  id: 'stage/draft',
  classic: 'a draft that was edited after it was published',
  apig: 'none: what is published is handed over',
  codes: {
    DRAFT_NEWER: changed(
      'The draft of {api} was edited at {edited}, after it was published on {stage} at {deployedAt}. The hand-over takes what is published.',
      { who: 'platform', remedy: 'Publish the draft first, or discard it.' },
    ),
  },
  find: ({ api: { name: api, draftModifiedAt: edited }, deployment: { deployedAt, stage }, about }, say) =>
    edited === undefined || deployedAt === undefined || Date.parse(edited) <= Date.parse(deployedAt)
      ? undefined
      : say.DRAFT_NEWER(about, { api, edited, stage, deployedAt }),
});

const unpublished = handoverRule({
  id: 'stage/unpublished',
  classic: 'an API that no stage publishes',
  apig: 'none: it cannot be called',
  codes: {
    NOT_PUBLISHED: changed('{api} is not published on a stage that is handed over, and stays behind.', {
      who: 'platform',
    }),
    NOTHING_PUBLISHED: blocked('No API of {group} is published on {stages|a stage}.', {
      who: 'platform',
      waivable: false,
      remedy: 'Name another group or stage, or publish its APIs.',
    }),
  },
  *find({ source, published, aboutGroup }, say) {
    if (published.length === 0)
      yield say.NOTHING_PUBLISHED(aboutGroup, { group: source.group.name, stages: source.stages });

    for (const { id, name, deployments } of source.apis) {
      if (deployments.length > 0) continue;

      yield say.NOT_PUBLISHED({ source: { kind: 'api', id, name }, apis: [] }, { api: name });
    }
  },
});

export const stageRules: readonly HandoverRule[] = [gateway, variables, draft, unpublished];
