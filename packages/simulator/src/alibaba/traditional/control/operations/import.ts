import { defined } from '../../../../simulation/defined.js';
import { type AlibabaCall, AlibabaError, type Parameter } from '../../../operation/operation.js';
import { endpointOf, putApi } from '../api/api.js';
import {
  mockService,
  readDocument,
  verbOf,
  type ImportDefaults,
  type ImportDocument,
  type ImportedOperation,
} from '../api/import-document.js';
import { readDefinition } from '../backend/definition.js';
import { requireUnlocked } from '../group.js';
import { family, longName } from '../request/parameters.js';
import { getGroup, getTask } from '../request/find.js';
import { startTask } from '../task.js';
import type { ApiRow } from '../state.js';
import { isJsonObject } from '../../../state/json-object.js';
import { flag, required, text, action } from '../../../operation/family.js';

const swaggerParameters = {
  GroupId: required(text),
  Data: required(text),
  DataFormat: { type: 'string', required: true, values: ['json', 'yaml'] },
  Overwrite: required(flag),
  GlobalCondition: { type: 'json' },
} as const satisfies Readonly<Record<string, Parameter>>;

/** What became of an operation of a document. */
interface Result {
  readonly operation: ImportedOperation;
  readonly does?: 'CREATE' | 'MODIFY' | undefined;
  readonly api?: ApiRow | undefined;
  readonly error?: string | undefined;
}

/** Documents that become APIs. Their models are not imported. */
export const importActions = family({
  /** Creates an API of each operation of a document. Each of them may fail alone. */
  ImportSwagger: {
    parameters: { ...swaggerParameters, DryRun: flag },
    run(call, input) {
      const results = swaggerResults(call, input, input.DryRun === true);
      return {
        ...swaggerFailures(results),
        Success: { ApiImportSwaggerSuccess: successes(results, (one) => one, 'ApiUid') },
        ModelSuccess: { ApiImportModelSuccess: [] },
      };
    },
  },

  /** As ImportSwagger, and changes nothing. */
  DryRunSwagger: {
    parameters: swaggerParameters,
    run(call, input) {
      const results = swaggerResults(call, input, true);
      return {
        ...swaggerFailures(results),
        Success: { ApiDryRunSwaggerSuccess: successes(results, (one) => one, 'ApiUid') },
        ModelSuccess: { ApiImportModelSuccess: [] },
        GlobalCondition: JSON.stringify(input.GlobalCondition ?? {}),
      };
    },
  },

  /**
   * As ImportSwagger, of a document without extensions, too. Unless the check before is skipped, nothing is imported where an
   * operation has a fault [U]. APIs are created at once, and not by the task [I].
   * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-the-standard-oas-to-import-multiple-apis-at-a-time
   */
  ImportOAS: {
    parameters: {
      GroupId: required(text),
      Data: required(text),
      Overwrite: required(flag),
      OASVersion: { type: 'string', values: ['OAS2', 'OAS3'] },
      AuthType: { type: 'string', values: ['APP', 'ANONYMOUS'] },
      RequestMode: { type: 'string', values: ['MAPPING', 'PASSTHROUGH'] },
      BackendName: text,
      SkipDryRun: flag,
      IgnoreWarning: flag,
    },
    run(call, input) {
      const { AuthType, RequestMode, BackendName = '', OASVersion } = input;
      const backend = [...call.state.cloudApi.backends.values()].find((row) => row.BackendName === BackendName);
      const document = readDocument(input.Data, undefined, {
        extensions: {
          ...defined({
            'x-aliyun-apigateway-auth-type': AuthType,
            'x-aliyun-apigateway-paramater-handling': RequestMode,
          }),
        },
        service: mockService(),
        backendId: backend?.BackendId,
      });
      const { basePath } = getGroup(call.state, input.GroupId);
      const errors = [
        ...(OASVersion === undefined || OASVersion === document.version
          ? []
          : [`The document is not of ${OASVersion}.`]),
        ...(['', basePath].includes(document.basePath) ? [] : [`basePath is not that of the group: ${basePath}`]),
        ...(BackendName === '' || backend !== undefined ? [] : [`The backend ${BackendName} does not exist.`]),
      ];
      const checked = errors.length > 0 ? [] : imported(call, input, document, true);
      const isFaulty = checked.some(({ error }) => error !== undefined) && input.SkipDryRun !== true;
      const results = errors.length > 0 || isFaulty ? checked : imported(call, input, document, false);
      const uses = results.flatMap(({ api }) => (api === undefined ? [] : [usedBy(api)]));
      return {
        OperationId: errors.length > 0 || isFaulty ? '' : startTask(call, 'import', '', uses),
        ErrorMessages: { ErrorMessage: errors },
        WarningMessages: { WarningMessage: [] },
        SuccessApis: { SuccessApi: successes(results, verbOf, 'ApiId') },
        FailedApis: { FailedApi: failures(results, verbOf) },
        SuccessModels: { SuccessModel: [] },
        FailedModels: { FailedModel: [] },
      };
    },
  },

  /** The progress of ImportOAS: one row for each API. */
  DescribeImportOASTask: action({ OperationId: required(text) }, ({ state }, { OperationId }) => {
    const { items } = getTask(state, OperationId, 'import');
    const rows = items.map(({ apiId, apiName, groupId, status }) => {
      const [Method = '', Path = ''] = endpointOf(state.cloudApi.apis.get(apiId)?.draft).split(' ');
      return { ApiId: apiId, ApiName: apiName, GroupId: groupId, Method, Path, UpdateStatus: status };
    });
    const isOver = items.every(({ status }) => status === 'OVER');
    return {
      TaskStatus: isOver ? 'Finished' : 'Running',
      ApiResults: { ApiResult: rows },
      ModelResults: { ModelResult: [] },
    };
  }),
});

const usedBy = (api: ApiRow) => ({ api, row: { stageName: '', definition: api.draft } });

interface ImportInput {
  readonly GroupId: string;
  readonly Data: string;
  readonly Overwrite: boolean;
}

function swaggerResults(
  call: AlibabaCall,
  input: ImportInput & { readonly DataFormat: string; readonly GlobalCondition?: unknown },
  isDry: boolean,
): readonly Result[] {
  const { GlobalCondition: extensions } = input;
  const defaults: ImportDefaults = { extensions: isJsonObject(extensions) ? extensions : {} };
  return imported(call, input, readDocument(input.Data, input.DataFormat, defaults), isDry);
}

/** Each operation on top of those before it. A dry run leaves all as it was. */
function imported(
  call: AlibabaCall,
  { GroupId, Overwrite }: ImportInput,
  { operations }: ImportDocument,
  isDry: boolean,
): readonly Result[] {
  const { cloudApi } = call.state;
  requireUnlocked(getGroup(call.state, GroupId));
  const before = new Map(cloudApi.apis);
  const results = operations.map((operation): Result => {
    const { input, fault } = operation;
    try {
      if (fault !== undefined) throw new AlibabaError('InvalidApi', fault);
      if (longName.pattern?.test(input.ApiName) !== true)
        throw new AlibabaError('InvalidApiName', `The name ${input.ApiName} is not valid.`);

      const draft = readDefinition(call.state, input);
      const same = [...cloudApi.apis.values()].find(
        (one) => one.groupId === GroupId && endpointOf(one.draft) === endpointOf(draft),
      );
      // The sentence is that of the documentation.
      if (same !== undefined && !Overwrite)
        throw new AlibabaError('DuplicateApi', `api already exists : apiUid ===> ${same.id}`);

      return { operation, does: same === undefined ? 'CREATE' : 'MODIFY', api: putApi(call, GroupId, draft, same) };
    } catch (error) {
      if (!(error instanceof AlibabaError)) throw error;

      return { operation, error: error.message };
    }
  });
  if (!isDry) return results;

  cloudApi.apis.clear();
  for (const [id, row] of before) cloudApi.apis.set(id, row);
  // What is not created has no ID.
  return results.map((one) => (one.does === 'CREATE' ? { ...one, api: undefined } : one));
}

const swaggerFailures = (results: readonly Result[]) => ({
  Failed: { ApiImportSwaggerFailed: failures(results, (method) => method) },
  ModelFailed: { ApiImportModelFailed: [] },
});

function successes<N extends string>(results: readonly Result[], methodOf: (method: string) => string, idName: N) {
  return results.flatMap(({ operation: { method, path }, does, api }) =>
    does === undefined ? [] : [{ ApiOperation: does, HttpMethod: methodOf(method), Path: path, ...idOf(idName, api) }],
  );
}

function idOf<N extends string>(name: N, api: ApiRow | undefined): { readonly [K in N]?: string } {
  return (api === undefined ? {} : { [name]: api.id }) as { readonly [K in N]?: string };
}

function failures(results: readonly Result[], methodOf: (method: string) => string) {
  return results.flatMap(({ operation: { method, path }, error }) =>
    error === undefined ? [] : [{ HttpMethod: methodOf(method), Path: path, ErrorMsg: error }],
  );
}
