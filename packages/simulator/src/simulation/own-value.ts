/** The value of a name that comes from a caller: never what every object inherits, such as `constructor`. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined {
  return record !== undefined && name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
