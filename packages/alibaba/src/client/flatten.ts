/**
 * Parameters as the RPC style writes them: `Tag.1.Key=a`, lists counted from 1, booleans and numbers as text. What is
 * undefined or null is left out. @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export function flatten(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  const flat: Record<string, string> = {};
  const put = (name: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) value.forEach((item, index) => put(`${name}.${index + 1}`, item));
    else if (typeof value === 'object') for (const [key, item] of Object.entries(value)) put(`${name}.${key}`, item);
    else flat[name] = String(value as string | number | boolean);
  };
  for (const [name, value] of Object.entries(parameters)) put(name, value);
  return flat;
}
