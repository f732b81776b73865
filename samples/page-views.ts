/** Counts the views of a page. The helpers hide it, but the number is read before the geo lookup and written after it. */

export interface View {
  readonly page: string;
  readonly address: string;
}

const viewsByPage = new Map<string, number>();

function viewsOf(page: string): number {
  return viewsByPage.get(page) ?? 0;
}

function setViews(page: string, views: number): void {
  viewsByPage.set(page, views);
}

export async function recordView(view: View, countryOf: (address: string) => Promise<string>): Promise<number> {
  const views = viewsOf(view.page);
  const country = await countryOf(view.address);
  if (country === 'unknown') return views;
  setViews(view.page, views + 1);
  return views + 1;
}
