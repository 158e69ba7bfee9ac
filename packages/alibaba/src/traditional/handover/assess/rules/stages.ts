import { say, type HandoverRule } from '../rule.js';
import { stagesOf } from './domains.js';

const gateway: HandoverRule = {
  id: 'stage/gateway',
  classic: 'stages of one group: RELEASE, PRE, TEST, on one domain',
  apig: 'a gateway for each stage, and a domain for each',
  codes: { STAGE_GATEWAY: 'exact', STAGES_ON_ONE_DOMAIN: 'changed' },
  *find(view) {
    const shared = view.source.group.domains
      .filter((domain) => stagesOf(view, domain).length > 1)
      .map(({ name }) => name);
    const several = view.stages.size > 1;
    for (const [stage, apis] of view.stages) {
      const about = { source: { kind: 'stage', id: stage, name: stage }, stage, apis: [] } as const;
      yield several
        ? say.changed('STAGES_ON_ONE_DOMAIN', about, {
            target: `a gateway for ${stage}`,
            affects: ['callers'],
            who: 'callers',
            message: `${apis.length} APIs of ${stage} go to a gateway of their own. The header X-Ca-Stage is ignored there, so ${shared.length === 0 ? 'callers' : `callers of ${shared.join(', ')}`} need a name for each stage.`,
            remedy: 'Give each stage a domain, or hand over the stages one by one with --stage.',
          })
        : say.exact('STAGE_GATEWAY', about, {
            target: `a gateway for ${stage}`,
            message: `${apis.length} APIs of ${stage} go to one gateway.`,
          });
    }
  },
};

const variables: HandoverRule = {
  id: 'stage/variables',
  classic: 'a stage variable: `#NAME#`',
  apig: 'its value, written into the service of the stage',
  codes: { VARIABLE_RESOLVED: 'changed', VARIABLE_UNKNOWN: 'unknown' },
  *find(view) {
    for (const [stage, published] of view.stages) {
      const users = new Map<string, string[]>();
      for (const { api, deployment } of published) {
        for (const name of deployment.variables) users.set(name, [...(users.get(name) ?? []), api.id]);
      }
      for (const [name, apis] of [...users].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const about = { source: { kind: 'variable', id: name, name }, stage, apis: apis.toSorted() } as const;
        const value = view.source.variables[stage]?.[name];
        yield value === undefined
          ? say.unknown('VARIABLE_UNKNOWN', about, {
              who: 'platform',
              waivable: false,
              message: `The value of the stage variable ${name} on ${stage} is not known: no operation of the service returns it.`,
              remedy: `Give it: --variable ${stage}.${name}=VALUE.`,
            })
          : say.changed('VARIABLE_RESOLVED', about, {
              target: value,
              who: 'platform',
              message: `The stage variable ${name} becomes its value on ${stage}, ${value}. A later change of it means an update of the service.`,
            });
      }
    }
  },
};

const draft: HandoverRule = {
  id: 'stage/draft',
  classic: 'a draft that was edited after it was published',
  apig: 'none: what is published is handed over',
  codes: { DRAFT_NEWER: 'changed' },
  *find(view) {
    for (const { api, deployment, about } of view.published) {
      const { draftModifiedAt: edited } = api;
      const { deployedAt, stage } = deployment;
      if (edited === undefined || deployedAt === undefined || Date.parse(edited) <= Date.parse(deployedAt)) continue;
      yield say.changed('DRAFT_NEWER', about, {
        who: 'platform',
        message: `The draft of ${api.name} was edited at ${edited}, after it was published on ${stage} at ${deployedAt}. The hand-over takes what is published.`,
        remedy: 'Publish the draft first, or discard it.',
      });
    }
  },
};

const unpublished: HandoverRule = {
  id: 'stage/unpublished',
  classic: 'an API that no stage publishes',
  apig: 'none: it cannot be called',
  codes: { NOT_PUBLISHED: 'changed', NOTHING_PUBLISHED: 'blocked' },
  *find({ source, published, aboutGroup }) {
    if (published.length === 0) {
      yield say.blocked('NOTHING_PUBLISHED', aboutGroup, {
        who: 'platform',
        waivable: false,
        message: `No API of ${source.group.name} is published on ${source.stages.join(', ') || 'a stage'}.`,
        remedy: 'Name another group or stage, or publish its APIs.',
      });
    }
    for (const { id, name, deployments } of source.apis) {
      if (deployments.length > 0) continue;
      yield say.changed(
        'NOT_PUBLISHED',
        { source: { kind: 'api', id, name }, apis: [] },
        {
          who: 'platform',
          message: `${name} is not published on a stage that is handed over, and stays behind.`,
        },
      );
    }
  },
};

export const stageRules: readonly HandoverRule[] = [gateway, variables, draft, unpublished];
