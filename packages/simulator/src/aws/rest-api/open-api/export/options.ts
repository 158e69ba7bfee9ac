import { badRequest, notSimulated } from '../../words.js';
import type { ExportParts } from './task.js';

/**
 * What each value of `extensions` adds. That `apigateway` has all, and `integrations` nothing but integrations, is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html
 */
const EXTENSIONS: Readonly<Record<string, Partial<ExportParts>>> = {
  integrations: { integrations: true },
  authorizers: { authorizers: true },
  apigateway: { integrations: true, authorizers: true, settings: true },
};

/**
 * Reads the parameters of an export: `{ extensions: 'integrations' }`. Several extensions are separated by commas [I].
 * @throws {ServiceError} NotImplemented for Postman and other parameters; BadRequestException for another extension [U]
 */
export function exportParts({ extensions = '', ...others }: Readonly<Record<string, string>>): ExportParts {
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSimulated(`The export parameter ${other}`);
  const names = extensions.split(',').filter((name) => name !== '');
  return names.reduce<ExportParts>((parts, name) => ({ ...parts, ...partsOf(name) }), {
    integrations: false,
    authorizers: false,
    settings: false,
  });
}

function partsOf(name: string): Partial<ExportParts> {
  if (name === 'postman') throw notSimulated('An export for Postman');
  const parts = Object.hasOwn(EXTENSIONS, name) ? EXTENSIONS[name] : undefined;
  if (!parts) throw badRequest(`Invalid extensions specified: ${name}`);
  return parts;
}
