/** The replacement of a product, and the page that describes the migration. */
export interface Successor {
  readonly name: string;
  readonly page: string;
}
