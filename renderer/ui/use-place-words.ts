import { useTranslation } from "react-i18next";
import type { Place } from "../../core/contract/documents.ts";
import { formatPlace, type PlaceWords } from "./formatting.ts";

/** Says a place in the window's language; "" when it says no more than the title that stands beside it. */
export function usePlaceWords(): (place: Place, headings?: "all" | "last", title?: string) => string {
  const { t } = useTranslation();
  const words: PlaceWords = {
    page: (number) => t("place.page", { number }),
    slide: (number) => t("place.slide", { number }),
    sheet: (name) => t("place.sheet", { name }),
  };
  return (place, headings, title) => {
    const said = formatPlace(place, words, headings);
    return said === title ? "" : said;
  };
}
