import { multiZonesOf } from '../instance/instance-rules.js';
import { family, say } from '../request/parameters.js';
import type { Parameter } from '../../../operation/operation.js';
import { regionsAnswer } from '../../../operation/regions.js';
import { flag, required, text, action } from '../../../operation/family.js';

const LOG_TYPE: Parameter = { type: 'string', values: ['PROVIDER'] };

/** Regions and zones, and where a region's calls are logged. */
export const regionActions = family({
  /** Lists the regions that have API Gateway. */
  DescribeRegions: {
    parameters: { Language: { type: 'string', values: ['en', 'zh', 'ja'] } },
    run: () => regionsAnswer('apigateway'),
  },

  /** Lists the multi-zones that a conventional dedicated instance may be created in. */
  DescribeZones: {
    parameters: { Language: { type: 'string', values: ['en', 'zh', 'ja'] } },
    run({ region, state: { zones } }) {
      const places = zones ? zones.served.map((id) => ({ id, name: id })) : multiZonesOf(region);
      return { Zones: { Zone: places.map(({ id, name }) => ({ ZoneId: id, LocalName: name })) } };
    },
  },

  /** Logs the calls of all groups of the region. Nothing is logged here. */
  CreateLogConfig: {
    parameters: { LogType: LOG_TYPE, SlsProject: required(text), SlsLogStore: required(text), CreateSlr: flag },
    run({ state }, { LogType = 'PROVIDER', SlsProject, SlsLogStore }) {
      const { logConfigs } = state.cloudApi;
      if (logConfigs.has(LogType)) throw say.duplicate('LogType');

      logConfigs.set(LogType, { type: LogType, project: SlsProject, store: SlsLogStore });
      return {};
    },
  },

  DeleteLogConfig: {
    parameters: { LogType: LOG_TYPE },
    run({ state }, { LogType = 'PROVIDER' }) {
      if (!state.cloudApi.logConfigs.delete(LogType)) throw say.notFound('LogConfig');

      return {};
    },
  },

  DescribeLogConfig: action({ LogType: LOG_TYPE }, ({ state, region }, { LogType }) => {
    const rows = [...state.cloudApi.logConfigs.values()].filter(
      ({ type }) => LogType === undefined || type === LogType,
    );
    const LogInfo = rows.map(({ type, project, store }) => ({
      LogType: type,
      RegionId: region,
      SlsProject: project,
      SlsLogStore: store,
    }));
    return { LogInfos: { LogInfo } };
  }),
});
