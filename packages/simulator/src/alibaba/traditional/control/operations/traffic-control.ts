import { numberedList } from '../../../operation/numbered-list.js';
import { defined } from '../../../../simulation/defined.js';
import { addPolicy, getPolicy, policiesOf } from '../api-policies/bindings.js';
import type { TrafficControlRow } from '../api-policies/state.js';
import { family, pluginName, say, written } from '../request/parameters.js';
import type { Parameter } from '../../../operation/operation.js';
import { required, text, whole } from '../../../operation/parameters.js';

const UNITS = ['SECOND', 'MINUTE', 'HOUR', 'DAY'] as const;
const SPECIAL_TYPES = ['APP', 'USER'] as const;
const ID = { TrafficControlId: required(text) };
const description: Parameter = { type: 'string', length: [0, 200] };

const view = (row: TrafficControlRow) => ({
  TrafficControlId: row.id,
  TrafficControlName: row.name,
  TrafficControlUnit: row.unit,
  Description: row.description,
  ApiDefault: row.apiDefault,
  ...defined({ UserDefault: row.userDefault, AppDefault: row.appDefault }),
  SpecialPolicies: {
    SpecialPolicy: SPECIAL_TYPES.flatMap((type) => {
      const own = row.specials.filter((one) => one.type === type);
      if (own.length === 0) return [];

      const Special = own.map(({ key, limit }) => ({ SpecialKey: key, TrafficValue: limit }));
      return [{ SpecialType: type, Specials: { Special } }];
    }),
  },
  CreatedTime: written(row.createdAt),
  ModifiedTime: written(row.modifiedAt),
});

/** Throttling policies of the older form. */
export const trafficControlActions = family({
  CreateTrafficControl: {
    parameters: {
      TrafficControlName: required(pluginName),
      TrafficControlUnit: required({ type: 'string', values: UNITS }),
      ApiDefault: required(whole),
      UserDefault: whole,
      AppDefault: whole,
      Description: description,
    },
    run(call, { TrafficControlName, TrafficControlUnit, ApiDefault, UserDefault, AppDefault, Description = '' }) {
      const limits = { ApiDefault, UserDefault, AppDefault };
      for (const [name, limit] of Object.entries(limits)) if (limit !== undefined && limit < 1) throw say.invalid(name);
      const TrafficControlId = addPolicy(call, 'TrafficControl', {
        name: TrafficControlName,
        description: Description,
        unit: UNITS.find((unit) => unit === TrafficControlUnit) ?? 'DAY',
        apiDefault: ApiDefault,
        userDefault: UserDefault,
        appDefault: AppDefault,
        specials: [],
      });
      return { TrafficControlId };
    },
  },

  /** Sets the limit of a single application or account. Given again, it gets the new limit. */
  AddTrafficSpecialControl: {
    parameters: {
      ...ID,
      SpecialType: required({ type: 'string', values: SPECIAL_TYPES }),
      SpecialKey: required(text),
      TrafficValue: required(whole),
    },
    run({ state, now }, { TrafficControlId, SpecialType, SpecialKey, TrafficValue }) {
      const row = getPolicy(state, 'TrafficControl', TrafficControlId);
      const special = { type: SpecialType === 'USER' ? 'USER' : 'APP', key: SpecialKey, limit: TrafficValue } as const;
      const others = row.specials.filter(({ type, key }) => type !== special.type || key !== special.key);
      state.cloudApi.apiPolicies.set(row.id, { ...row, specials: [...others, special], modifiedAt: now });
      return {};
    },
  },

  DescribeTrafficControls: numberedList({
    parameters: { GroupId: text, ApiId: text, StageName: text },
    rows: ({ state }, { ApiId = '', StageName = '' }) =>
      policiesOf(state, 'TrafficControl')
        .filter(
          ({ bindings }) => ApiId === '' || bindings.some((one) => one.apiId === ApiId && one.stageName === StageName),
        )
        .map(view),
    same: ['TrafficControlId'],
    part: ['TrafficControlName'],
    as: ['TrafficControls', 'TrafficControl'],
  }),
});
