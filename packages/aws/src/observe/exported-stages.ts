import type { Scope } from '@postern/core/adapter';
import type { RestStageOutput } from '../sdk-types.js';
import { wasDeployedBy } from '../rest-api/rest-stage.js';

/** The stages whose deployments a scope asks for: each costs one export. */
export interface ExportedStages {
  /** Whether those of an HTTP API are read that have no automatic deployment. */
  readonly ofApi: (apiId: string) => boolean;
  /** Whether those of a REST API are read; undefined: none. */
  readonly ofRestApi: (restApiId: string) => ((stage: RestStageOutput) => boolean) | undefined;
}

/** @param isAll whether every gateway is exported, because all uses of backends are asked for */
export function exportedStages(scope: Scope, isAll: boolean, deployer: string | undefined): ExportedStages {
  const { gateways = [], served = [], checks } = scope;
  const isNamed = (among: typeof gateways, id: string): boolean =>
    among.some((ref) => Object.values(ref).some((value) => value === id));
  const isWhole = (id: string): boolean => isAll || (checks === true && isNamed(gateways, id));
  return {
    ofApi: (id) => isWhole(id) || isNamed(served, id),
    ofRestApi: (id) => {
      if (isWhole(id)) return () => true;
      const stages = served.flatMap((ref) => (ref['restApi'] === id ? [ref.stage] : []));
      if (stages.length === 0) return undefined;
      return (stage) => stages.includes(stage.stageName) || wasDeployedBy(stage, deployer);
    },
  };
}
