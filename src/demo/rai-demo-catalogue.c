/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-catalogue.h"

#include <math.h>
#include <string.h>

enum { BAKERY, DAIRY, PRODUCE, MEAT, DRINKS, FROZEN, PANTRY, SNACKS, HOUSEHOLD, CARE };

const RaiDemoDepartment rai_demo_departments[] = {
  { "Bakery", "Mill & Oven", 0.45, 1.6, { 0.9, 0.88, 0.93, 0.97, 1.12, 1.35, 1.2 }, 0.25 },
  { "Dairy", "Fennhof", 0.26, 2.0, { 1.0, 0.94, 0.94, 0.98, 1.15, 1.2, 0.85 }, 0.2 },
  { "Produce", "Sunrow", 0.34, 1.8, { 1.02, 0.96, 0.95, 0.98, 1.14, 1.18, 0.8 }, 0.2 },
  { "Meat & Fish", "Aldermoor", 0.28, 2.3, { 0.8, 0.82, 0.9, 1.0, 1.3, 1.4, 0.7 }, 0.55 },
  { "Drinks", "Clearwell", 0.3, 2.6, { 0.85, 0.85, 0.9, 1.0, 1.3, 1.4, 0.9 }, 0.45 },
  { "Frozen", "Polar Bay", 0.32, 2.4, { 0.9, 0.9, 0.95, 1.0, 1.15, 1.25, 0.95 }, 0.1 },
  { "Pantry", "Casa Verde", 0.29, 2.2, { 1.0, 0.95, 0.95, 1.0, 1.15, 1.2, 0.75 }, 0.25 },
  { "Snacks & Sweets", "Tilly's", 0.36, 2.7, { 0.9, 0.9, 0.92, 0.98, 1.22, 1.3, 1.1 }, 0.7 },
  { "Household", "Brightside", 0.38, 2.3, { 1.05, 0.98, 0.97, 0.98, 1.1, 1.15, 0.6 }, 0.05 },
  { "Health & Beauty", "Linden", 0.42, 2.2, { 1.02, 1.0, 1.0, 1.0, 1.08, 1.1, 0.65 }, 0.2 },
};
const int rai_demo_n_departments = G_N_ELEMENTS (rai_demo_departments);

const RaiDemoSupplier rai_demo_suppliers[] = {
  { "BAK", "Mill & Oven Bakers", 1, 0.0, 0x7f, 3000 },
  { "DAI", "Fennhof Dairy", 1, 0.2, 0x3f, 8000 },
  { "GRE", "Sunrow Growers", 1, 0.2, 0x3f, 6000 },
  { "MEA", "Aldermoor Meats", 2, 0.3, 0x2d, 8000 },
  { "FIS", "Harbour Fish Company", 1, 0.3, 0x15, 4000 },
  { "DRI", "Clearwell Drinks", 3, 0.6, 0x12, 20000 },
  { "FRO", "Polar Bay Frozen Foods", 3, 0.5, 0x09, 15000 },
  { "DRY", "Central Dry Goods", 4, 0.8, 0x05, 25000 },
  { "ITA", "Casa Verde Imports", 7, 1.5, 0x02, 20000 },
  { "SWE", "Tilly & Sons Confectionery", 4, 0.7, 0x04, 12000 },
  { "COF", "Kestrel Coffee Roasters", 5, 1.0, 0x08, 10000 },
  { "HOU", "Brightside Home", 6, 1.2, 0x02, 15000 },
  { "CAR", "Linden Care", 5, 1.0, 0x10, 12000 },
  { "PET", "Happy Paws Supplies", 6, 1.3, 0x04, 8000 },
};
const int rai_demo_n_suppliers = G_N_ELEMENTS (rai_demo_suppliers);

const RaiDemoSite rai_demo_sites[] = {
  { "S01", "Harbour Street", "Coast", 1.45, 0x7f, 0.04, 1.0 },
  { "S02", "Station Square", "Lakes", 1.35, 0x7f, 0.06, 1.04 },
  { "S03", "Old Town", "Hills", 1.15, 0x3f, 0.01, 1.0 },
  { "S04", "Mill Road", "Lakes", 1.0, 0x3f, 0.02, 1.0 },
  { "S05", "Beach Road", "Coast", 0.9, 0x7f, 0.03, 1.03 },
  { "S06", "Castle Hill", "Hills", 0.95, 0x3f, -0.03, 1.0 },
  { "S07", "Orchard Lane", "Hills", 0.85, 0x3f, 0.02, 0.98 },
  { "S08", "Lakeside", "Lakes", 0.85, 0x3f, 0.0, 1.0 },
  { "S09", "University", "Hills", 0.8, 0x3f, 0.09, 1.0 },
  { "S10", "Lighthouse Quay", "Coast", 0.7, 0x3f, -0.05, 1.02 },
};
const int rai_demo_n_sites = G_N_ELEMENTS (rai_demo_sites);

static const RaiDemoFamily families[] = {
  { BAKERY, "BAK", "Bread roll", "plain|poppy seed|sesame|wholegrain|pretzel", "each", 45, 2, 4, 0,
    0, 0 },
  { BAKERY, "BAK", "Bread", "farmhouse|rye|wholegrain|spelt|walnut|sourdough", "500 g|1 kg", 240, 3,
    2.2, 0, 0, 0 },
  { BAKERY, "BAK", "Baguette", "classic|garlic|olive", "250 g", 135, 2, 2, 0.01, 0, 0 },
  { BAKERY, "BAK", "Croissant", "butter|chocolate|almond", "each", 120, 2, 2.6, 0, 0, 0 },
  { BAKERY, "BAK", "Toast bread", "wheat|wholemeal|butter", "500 g", 159, 8, 1.8, 0, 0, 0 },
  { BAKERY, "BAK", "Cake slice", "apple|cheese|carrot|plum|poppy seed", "each", 260, 2, 1.1, 0, 0,
    0 },
  { BAKERY, "BAK", "Berliner", "jam|vanilla|chocolate", "each", 130, 2, 1.2, -0.01, 50, 1.6 },
  { BAKERY, "BAK", "Muffin", "blueberry|chocolate|lemon", "each", 150, 3, 1.0, 0, 0, 0 },
  { BAKERY, "BAK", "Tortilla wraps", "wheat|wholegrain", "6 pieces", 199, 30, 0.7, 0, 0, 0 },
  { DAIRY, "DAI", "Milk", "whole|semi-skimmed|skimmed|lactose free|organic", "500 ml|1 l", 75, 9, 4,
    0, 0, 0 },
  { DAIRY, "DAI", "Oat milk", "|barista|vanilla", "1 l", 189, 60, 2.2, 0, 0, 0 },
  { DAIRY, "DAI", "Soy drink", "natural|unsweetened|chocolate", "1 l", 169, 60, 0.9, 0, 0, 0 },
  { DAIRY, "DAI", "Yogurt", "natural|strawberry|vanilla|cherry|mango|blueberry", "150 g|500 g", 59,
    18, 2.4, 0.004, 0, 0 },
  { DAIRY, "DAI", "Greek yogurt", "natural|honey|low fat", "200 g|1 kg", 119, 18, 1.2, 0, 0, 0 },
  { DAIRY, "DAI", "Quark", "plain|low fat|herbs", "250 g|500 g", 89, 16, 1.3, 0, 0, 0 },
  { DAIRY, "DAI", "Butter", "sweet cream|salted|organic|spreadable", "250 g", 229, 45, 2.6, 0, 355,
    0.6 },
  { DAIRY, "DAI", "Cream", "whipping|sour|crème fraîche", "200 g", 99, 20, 1.4, 0, 355, 0.8 },
  { DAIRY, "DAI", "Cheese slices", "gouda|emmental|edam|maasdam|butter cheese", "150 g|400 g", 189,
    30, 1.9, 0, 0, 0 },
  { DAIRY, "DAI", "Cheese wedge", "parmesan|cheddar|gruyère|manchego|pecorino", "200 g", 359, 60,
    0.8, 0, 355, 0.6 },
  { DAIRY, "DAI", "Soft cheese", "camembert|brie|feta|mozzarella|halloumi|goat", "200 g", 199, 25,
    1.6, 0.008, 0, 0 },
  { DAIRY, "DAI", "Cream cheese", "natural|herbs|chives|peppers", "200 g", 149, 30, 1.2, 0, 0, 0 },
  { DAIRY, "DAI", "Eggs", "barn|free range|organic", "6 pieces|10 pieces", 179, 21, 3, 0, 95, 0.7 },
  { DAIRY, "DAI", "Pudding", "chocolate|vanilla|caramel|rice", "200 g", 89, 25, 1.1, 0, 0, 0 },
  { PRODUCE, "GRE", "Apples", "Gala|Braeburn|Elstar|Granny Smith|Jonagold", "kg", 249, 12, 2.6, 0,
    275, 0.5 },
  { PRODUCE, "GRE", "Bananas", "|organic", "kg", 179, 5, 4.5, 0, 0, 0 },
  { PRODUCE, "GRE", "Pears", "Conference|Williams", "kg", 279, 8, 1, 0, 270, 0.6 },
  { PRODUCE, "GRE", "Oranges", "table|juice|blood", "kg", 229, 12, 1.5, -0.012, 20, 0.7 },
  { PRODUCE, "GRE", "Mandarins", "", "kg", 249, 9, 1.5, -0.02, 345, 2 },
  { PRODUCE, "GRE", "Lemons", "|organic", "500 g", 149, 18, 1.2, 0.006, 0, 0 },
  { PRODUCE, "GRE", "Grapes", "white|red", "500 g", 249, 6, 1.4, 0, 255, 0.8 },
  { PRODUCE, "GRE", "Strawberries", "", "500 g", 299, 3, 1.6, 0.01, 160, 3.5 },
  { PRODUCE, "GRE", "Berries", "blueberries|raspberries|blackberries", "125 g|250 g", 229, 4, 1.2,
    0.01, 195, 1.2 },
  { PRODUCE, "GRE", "Melon", "water|galia|honeydew", "each", 349, 7, 0.9, 0.04, 205, 1.6 },
  { PRODUCE, "GRE", "Peaches", "yellow|flat|nectarines", "kg", 299, 5, 1.1, 0.02, 205, 1.8 },
  { PRODUCE, "GRE", "Avocado", "|Hass ready to eat", "each", 139, 5, 1.8, 0, 0, 0 },
  { PRODUCE, "GRE", "Tomatoes", "vine|cherry|plum|beef", "kg", 329, 7, 2.6, 0.012, 200, 0.4 },
  { PRODUCE, "GRE", "Cucumber", "|mini|organic", "each", 89, 7, 2.4, 0.015, 0, 0 },
  { PRODUCE, "GRE", "Peppers", "red|yellow|green|mixed", "kg", 399, 9, 1.5, 0.006, 0, 0 },
  { PRODUCE, "GRE", "Salad", "iceberg|lamb's lettuce|rocket|romaine|mixed leaf", "150 g", 149, 4,
    1.7, 0.014, 0, 0 },
  { PRODUCE, "GRE", "Potatoes", "waxy|floury|new|organic", "1.5 kg|2.5 kg", 229, 25, 2.0, -0.004, 0,
    0 },
  { PRODUCE, "GRE", "Onions", "yellow|red|spring", "500 g|1 kg", 119, 25, 1.9, 0, 0, 0 },
  { PRODUCE, "GRE", "Carrots", "|organic|bunch", "1 kg", 129, 16, 1.7, 0, 0, 0 },
  { PRODUCE, "GRE", "Cabbage", "white|red|savoy|pointed|Brussels sprouts", "each", 169, 16, 0.8,
    -0.022, 330, 0.8 },
  { PRODUCE, "GRE", "Mushrooms", "white|brown|oyster", "250 g", 189, 5, 1.2, 0, 285, 0.3 },
  { PRODUCE, "GRE", "Asparagus", "white|green", "500 g", 499, 4, 0.9, 0, 135, 5 },
  { PRODUCE, "GRE", "Pumpkin", "Hokkaido|butternut", "each", 249, 25, 0.6, -0.01, 290, 3 },
  { PRODUCE, "GRE", "Herbs in a pot", "basil|parsley|chives|mint|coriander", "each", 169, 9, 0.7,
    0.02, 0, 0 },
  { PRODUCE, "GRE", "Cut flowers", "tulips|roses|seasonal", "bunch", 499, 5, 0.6, 0, 128, 1.2 },
  { MEAT, "MEA", "Minced meat", "beef|mixed|pork", "400 g|800 g", 399, 4, 1.8, 0, 0, 0 },
  { MEAT, "MEA", "Chicken", "breast|thighs|wings|whole", "600 g", 599, 6, 1.6, 0.008, 0, 0 },
  { MEAT, "MEA", "Beef", "goulash|steak|roast|roulades", "500 g", 899, 6, 0.7, -0.006, 355, 0.9 },
  { MEAT, "MEA", "Pork", "chops|schnitzel|fillet|neck steaks", "500 g", 549, 6, 1.0, 0.006, 0, 0 },
  { MEAT, "MEA", "Sausages", "Vienna|grill|Nuremberg|merguez|chorizo", "300 g", 349, 14, 1.3, 0.03,
    185, 0.8 },
  { MEAT, "MEA", "Ham", "cooked|smoked|Serrano|Black Forest", "100 g|200 g", 199, 25, 1.5, 0, 0,
    0 },
  { MEAT, "MEA", "Salami", "classic|fennel|pepper|turkey", "100 g|200 g", 189, 40, 1.2, 0, 0, 0 },
  { MEAT, "MEA", "Liver sausage", "fine|coarse", "150 g", 159, 25, 0.7, -0.004, 0, 0 },
  { MEAT, "FIS", "Fish fillet", "salmon|cod|plaice|trout", "250 g", 649, 3, 0.8, 0, 100, 0.5 },
  { MEAT, "FIS", "Smoked fish", "salmon|mackerel|trout", "100 g|200 g", 399, 18, 0.7, 0, 357, 1.4 },
  { MEAT, "FIS", "Prawns", "cooked|raw", "200 g", 599, 5, 0.5, 0.008, 362, 1.2 },
  { MEAT, "MEA", "Tofu", "natural|smoked|marinated", "200 g", 219, 30, 0.7, 0, 0, 0 },
  { DRINKS, "DRI", "Mineral water", "still|medium|sparkling", "500 ml|1.5 l|6 x 1.5 l", 49, 0, 3.2,
    0.035, 0, 0 },
  { DRINKS, "DRI", "Cola", "classic|zero|cherry", "330 ml|1 l|1.5 l", 79, 0, 2.4, 0.024, 0, 0 },
  { DRINKS, "DRI", "Lemonade", "lemon|orange|elderflower|ginger", "500 ml|1 l", 99, 0, 1.4, 0.035,
    0, 0 },
  { DRINKS, "DRI", "Iced tea", "peach|lemon|green", "500 ml|1.5 l", 99, 0, 1.1, 0.05, 0, 0 },
  { DRINKS, "DRI", "Juice", "orange|apple|multivitamin|grape|tomato", "1 l", 179, 120, 1.7, 0.004,
    0, 0 },
  { DRINKS, "DRI", "Energy drink", "classic|sugar free|tropical", "250 ml|500 ml", 129, 0, 1.3,
    0.008, 0, 0 },
  { DRINKS, "DRI", "Lager", "pilsner|Helles|alcohol free|wheat|radler", "500 ml|6 x 330 ml", 99,
    180, 2.2, 0.03, 185, 0.3 },
  { DRINKS, "ITA", "Red wine", "Merlot|Chianti|Rioja|Primitivo|Cabernet", "750 ml", 549, 0, 0.8,
    -0.016, 350, 0.8 },
  { DRINKS, "ITA", "White wine", "Riesling|Chardonnay|Pinot Grigio|Sauvignon", "750 ml", 529, 0,
    0.8, 0.014, 0, 0 },
  { DRINKS, "ITA", "Sparkling wine", "brut|dry|rosé|prosecco", "750 ml", 599, 0, 0.6, 0, 364, 3.5 },
  { DRINKS, "DRI", "Spirits", "gin|vodka|rum|whisky|herb liqueur", "700 ml", 1299, 0, 0.4, 0, 355,
    1 },
  { DRINKS, "COF", "Coffee", "ground|beans|espresso|decaf|instant", "250 g|500 g", 399, 0, 1.9,
    -0.008, 0, 0 },
  { DRINKS, "COF", "Tea", "Earl Grey|green|peppermint|fruit|chamomile|rooibos", "20 bags", 199, 0,
    0.8, -0.025, 0, 0 },
  { DRINKS, "COF", "Coffee capsules", "lungo|espresso|ristretto", "10 pieces", 329, 0, 0.9, 0, 0,
    0 },
  { FROZEN, "FRO", "Pizza", "margherita|salami|tuna|vegetable|four cheeses", "350 g", 279, 0, 2.0,
    -0.004, 0, 0 },
  { FROZEN, "FRO", "Frozen vegetables", "peas|spinach|broccoli|mixed|beans", "450 g|1 kg", 189, 0,
    1.3, -0.006, 0, 0 },
  { FROZEN, "FRO", "Frozen berries", "raspberries|mixed|blueberries", "300 g", 279, 0, 0.8, 0, 0,
    0 },
  { FROZEN, "FRO", "Ice cream", "vanilla|chocolate|strawberry|caramel|pistachio", "500 ml|1 l", 299,
    0, 1.3, 0.075, 200, 0.6 },
  { FROZEN, "FRO", "Ice lolly", "orange|cola|fruit mix", "6 pieces", 249, 0, 0.8, 0.11, 200, 0.9 },
  { FROZEN, "FRO", "Fish fingers", "classic|wholegrain", "15 pieces", 349, 0, 1.1, 0, 0, 0 },
  { FROZEN, "FRO", "Chips", "oven|crinkle cut|sweet potato", "750 g", 249, 0, 1.2, 0, 0, 0 },
  { FROZEN, "FRO", "Frozen meal", "lasagne|paella|curry|pasta pan|fried rice", "400 g|750 g", 349,
    0, 0.9, -0.008, 0, 0 },
  { FROZEN, "FRO", "Frozen herbs", "mixed|dill|parsley", "50 g", 129, 0, 0.4, 0, 0, 0 },
  { PANTRY, "ITA", "Pasta", "spaghetti|penne|fusilli|tagliatelle|wholegrain|lasagne sheets",
    "500 g|1 kg", 129, 0, 2.0, 0, 0, 0 },
  { PANTRY, "DRY", "Rice", "long grain|basmati|jasmine|risotto|wholegrain", "500 g|1 kg", 169, 0,
    1.3, 0, 0, 0 },
  { PANTRY, "ITA", "Tomatoes in a tin", "chopped|whole|passata|cherry", "400 g", 109, 0, 1.8,
    -0.004, 0, 0 },
  { PANTRY, "ITA", "Pesto", "basil|red|rocket", "190 g", 249, 0, 0.9, 0, 0, 0 },
  { PANTRY, "ITA", "Olive oil", "extra virgin|mild|organic", "500 ml|1 l", 599, 0, 0.8, 0, 0, 0 },
  { PANTRY, "DRY", "Oil", "sunflower|rapeseed|frying", "1 l", 249, 0, 0.9, 0, 0, 0 },
  { PANTRY, "DRY", "Flour", "wheat|spelt|rye|wholegrain", "1 kg", 89, 0, 1.3, -0.006, 345, 0.8 },
  { PANTRY, "DRY", "Sugar", "white|brown|icing|vanilla", "500 g|1 kg", 109, 0, 1.2, 0, 345, 0.8 },
  { PANTRY, "DRY", "Cereal", "oats|muesli|cornflakes|granola|chocolate", "500 g|1 kg", 189, 0, 1.5,
    0, 0, 0 },
  { PANTRY, "DRY", "Jam", "strawberry|apricot|raspberry|cherry|orange", "340 g", 219, 0, 0.9, 0, 0,
    0 },
  { PANTRY, "DRY", "Honey", "blossom|forest|acacia", "250 g|500 g", 349, 0, 0.7, -0.012, 0, 0 },
  { PANTRY, "SWE", "Chocolate spread", "hazelnut|duo|dark", "400 g", 299, 0, 1.1, 0, 0, 0 },
  { PANTRY, "DRY", "Beans in a tin", "kidney|white|chickpeas|lentils|baked", "400 g", 99, 0, 1.1,
    -0.006, 0, 0 },
  { PANTRY, "DRY", "Sweetcorn", "", "285 g", 109, 0, 0.8, 0.004, 0, 0 },
  { PANTRY, "DRY", "Tuna", "in oil|in water", "150 g", 189, 0, 1.1, 0, 0, 0 },
  { PANTRY, "DRY", "Soup", "tomato|chicken|lentil|pea|pumpkin", "400 ml", 199, 0, 0.9, -0.035, 0,
    0 },
  { PANTRY, "DRY", "Sauce", "ketchup|mayonnaise|mustard|barbecue|soy|curry", "250 ml|500 ml", 179,
    0, 1.2, 0.018, 0, 0 },
  { PANTRY, "DRY", "Spice", "pepper|paprika|curry|oregano|cinnamon|salt|nutmeg", "50 g", 199, 0,
    0.5, 0, 0, 0 },
  { PANTRY, "DRY", "Vinegar", "balsamic|apple|white wine", "500 ml", 199, 0, 0.5, 0.006, 0, 0 },
  { PANTRY, "DRY", "Gherkins", "classic|sliced|sweet", "330 g", 169, 0, 0.6, 0, 0, 0 },
  { PANTRY, "ITA", "Olives", "green|black|stuffed", "200 g", 199, 0, 0.6, 0.006, 0, 0 },
  { PANTRY, "DRY", "Baking mix", "lemon cake|brownies|pancakes|bread", "400 g", 229, 0, 0.5, -0.006,
    345, 0.6 },
  { SNACKS, "SWE", "Chocolate bar", "milk|dark|hazelnut|white|nougat|marzipan", "100 g", 119, 0,
    2.2, -0.015, 0, 0 },
  { SNACKS, "SWE", "Crisps", "salted|paprika|sour cream|vinegar|chilli", "150 g|300 g", 179, 0, 2.0,
    0.006, 0, 0 },
  { SNACKS, "SWE", "Nuts", "peanuts|cashews|almonds|mixed|pistachios", "150 g|300 g", 229, 0, 1.0,
    0, 350, 0.6 },
  { SNACKS, "SWE", "Biscuits", "butter|chocolate|oat|wafers|sandwich", "200 g|400 g", 149, 0, 1.5,
    -0.006, 0, 0 },
  { SNACKS, "SWE", "Fruit gums", "bears|sour|cola|liquorice", "200 g", 109, 0, 1.3, 0, 0, 0 },
  { SNACKS, "SWE", "Chewing gum", "mint|spearmint|fruit", "10 pieces", 89, 0, 1.0, 0, 0, 0 },
  { SNACKS, "SWE", "Pralines", "mixed|nougat|cherry", "125 g|250 g", 399, 0, 0.5, -0.02, 355, 2.2 },
  { SNACKS, "SWE", "Gingerbread", "hearts|Elisen|chocolate", "200 g", 249, 60, 0.5, 0, 340, 9 },
  { SNACKS, "SWE", "Chocolate eggs", "milk|filled|dark", "150 g", 249, 0, 0.4, 0, 90, 7 },
  { SNACKS, "SWE", "Muesli bar", "nut|berry|chocolate|protein", "each|6 pieces", 79, 0, 1.2, 0, 0,
    0 },
  { SNACKS, "SWE", "Crackers", "salted|cheese|rosemary|rice", "150 g", 169, 0, 0.9, 0, 0, 0 },
  { SNACKS, "SWE", "Popcorn", "salted|sweet", "100 g", 149, 0, 0.6, 0, 0, 0 },
  { HOUSEHOLD, "HOU", "Toilet paper", "3-ply|4-ply|recycled", "8 rolls|16 rolls", 399, 0, 1.7, 0, 0,
    0 },
  { HOUSEHOLD, "HOU", "Kitchen roll", "classic|recycled", "4 rolls", 299, 0, 1.2, 0, 0, 0 },
  { HOUSEHOLD, "HOU", "Washing powder", "universal|colour|sensitive", "1.3 kg|2.6 kg", 599, 0, 0.7,
    0, 0, 0 },
  { HOUSEHOLD, "HOU", "Liquid detergent", "universal|colour|wool|black", "1.5 l", 549, 0, 0.6, 0, 0,
    0 },
  { HOUSEHOLD, "HOU", "Washing-up liquid", "classic|lemon|sensitive", "500 ml", 149, 0, 1.0, 0, 0,
    0 },
  { HOUSEHOLD, "HOU", "Dishwasher tablets", "classic|all in one|eco", "30 pieces|60 pieces", 499, 0,
    0.8, 0, 0, 0 },
  { HOUSEHOLD, "HOU", "Cleaner", "all-purpose|bathroom|kitchen|glass|descaler", "750 ml", 229, 0,
    0.7, 0, 90, 0.3 },
  { HOUSEHOLD, "HOU", "Sponges", "scouring|soft|steel", "3 pieces", 149, 0, 0.7, 0, 0, 0 },
  { HOUSEHOLD, "HOU", "Bin bags", "10 l|35 l|60 l", "20 pieces", 179, 0, 0.8, 0, 0, 0 },
  { HOUSEHOLD, "HOU", "Foil", "aluminium|cling film|baking paper", "20 m", 199, 0, 0.7, 0, 345,
    0.6 },
  { HOUSEHOLD, "HOU", "Candles", "tea lights|pillar|scented", "pack", 299, 0, 0.4, -0.03, 345,
    1.8 },
  { HOUSEHOLD, "HOU", "Batteries", "AA|AAA|9 V", "4 pieces", 399, 0, 0.4, 0, 357, 1 },
  { HOUSEHOLD, "HOU", "Light bulb", "E27 warm|E14 warm|GU10", "each", 449, 0, 0.2, 0, 330, 0.4 },
  { HOUSEHOLD, "HOU", "Charcoal", "lumps|briquettes", "3 kg", 599, 0, 0.4, 0.12, 185, 1.5 },
  { HOUSEHOLD, "PET", "Cat food", "chicken|beef|salmon|tuna", "400 g|12 x 85 g", 119, 0, 1.3, 0, 0,
    0 },
  { HOUSEHOLD, "PET", "Dog food", "beef|chicken|lamb", "800 g|3 kg", 189, 0, 0.8, 0, 0, 0 },
  { HOUSEHOLD, "PET", "Cat litter", "clumping|wood", "10 l", 499, 0, 0.5, 0, 0, 0 },
  { CARE, "CAR", "Shampoo", "repair|volume|anti-dandruff|colour|children", "250 ml", 299, 0, 0.8, 0,
    0, 0 },
  { CARE, "CAR", "Shower gel", "fresh|sensitive|citrus|men|lavender", "250 ml", 199, 0, 1.0, 0.006,
    0, 0 },
  { CARE, "CAR", "Soap", "liquid|bar|refill", "300 ml", 149, 0, 0.8, 0, 0, 0 },
  { CARE, "CAR", "Toothpaste", "classic|whitening|sensitive|children", "75 ml", 189, 0, 1.0, 0, 0,
    0 },
  { CARE, "CAR", "Toothbrush", "soft|medium|children", "each|2 pieces", 199, 0, 0.6, 0, 0, 0 },
  { CARE, "CAR", "Deodorant", "roll-on|spray|stick|men", "150 ml", 249, 0, 0.8, 0.02, 0, 0 },
  { CARE, "CAR", "Face cream", "day|night|sensitive", "50 ml", 549, 0, 0.4, -0.008, 0, 0 },
  { CARE, "CAR", "Sun cream", "factor 30|factor 50|children", "200 ml", 699, 0, 0.3, 0.13, 190, 2 },
  { CARE, "CAR", "Tissues", "pocket|box|balsam", "pack", 149, 0, 1.2, -0.025, 30, 0.5 },
  { CARE, "CAR", "Plasters", "classic|sensitive|children", "20 pieces", 249, 0, 0.4, 0, 0, 0 },
  { CARE, "CAR", "Nappies", "size 3|size 4|size 5|size 6", "pack", 799, 0, 0.6, 0, 0, 0 },
  { CARE, "CAR", "Baby food", "carrot|apple|banana|pasta|vegetables", "190 g", 119, 0, 0.8, 0, 0,
    0 },
  { CARE, "CAR", "Razor blades", "men|women", "4 pieces", 899, 0, 0.3, 0, 0, 0 },
  { CARE, "CAR", "Vitamins", "C|D|magnesium|multi", "20 tablets", 349, 0, 0.5, -0.02, 25, 0.7 },
  { CARE, "CAR", "Cotton", "pads|buds|balls", "pack", 129, 0, 0.6, 0, 0, 0 },
  { CARE, "CAR", "Cough sweets", "sage|honey|eucalyptus", "75 g", 169, 0, 0.5, -0.045, 25, 0.8 },
};

/* Price of the k-th size: larger packs cost less a gram. */
static int64_t
price_of (const RaiDemoFamily *family, int size, double level) {
  static const double steps[] = { 1, 1.8, 3.4 };
  double cents = family->price * steps[MIN (size, 2)] * level;
  /* To the next price that ends in 9 (or in 5 or 9 below one euro). */
  return cents < 100 ? (int64_t) (round (cents / 5) * 5 - 1)
                     : (int64_t) (round (cents / 10) * 10 - 1);
}

static void
add (GPtrArray *goods, const RaiDemoFamily *family, const char *variant, const char *size, int step,
     bool second) {
  bool by_weight = strcmp (size, "kg") == 0;
  RaiDemoGoods *item = g_new0 (RaiDemoGoods, 1);
  GString *name = g_string_new (family->name);

  if (*variant != '\0')
    g_string_append_printf (name, " %s", variant);
  if (!by_weight && strcmp (size, "each") != 0)
    g_string_append_printf (name, " %s", size);
  if (second)
    g_string_append_printf (name, ", %s", rai_demo_departments[family->department].brand);

  item->family = family;
  item->name = g_string_free (name, FALSE);
  item->unit = g_strdup (by_weight ? "kg" : "piece");
  item->price = MAX (price_of (family, step, second ? 1.25 : 1), 19);
  g_ptr_array_add (goods, item);
}

static void
add_family (GPtrArray *goods, const RaiDemoFamily *family, bool second) {
  g_auto (GStrv) variants = g_strsplit (family->variants, "|", -1);
  g_auto (GStrv) sizes = g_strsplit (family->sizes, "|", -1);
  /* One without variants has one unnamed. */
  unsigned n_variants = MAX (g_strv_length (variants), 1);
  for (unsigned v = 0; v < n_variants; v++)
    for (unsigned s = 0; sizes[s] != NULL; s++)
      add (goods, family, variants[0] != NULL ? variants[v] : "", sizes[s], (int) s, second);
}

static void
free_goods (void *data) {
  RaiDemoGoods *item = data;
  g_free (item->name);
  g_free (item->unit);
  g_free (item);
}

/* Everything there is: the own label first, then the second brand of what keeps. */
static GPtrArray *
all_goods (void) {
  GPtrArray *goods = g_ptr_array_new_with_free_func (free_goods);
  for (size_t i = 0; i < G_N_ELEMENTS (families); i++)
    add_family (goods, &families[i], false);
  for (size_t i = 0; i < G_N_ELEMENTS (families); i++)
    if (strcmp (families[i].sizes, "kg") != 0 &&
        (families[i].shelf_life == 0 || families[i].shelf_life > 10))
      add_family (goods, &families[i], true);
  return goods;
}

GPtrArray *
rai_demo_catalogue_new (unsigned n) {
  g_autoptr (GPtrArray) all = all_goods ();
  GPtrArray *chosen = g_ptr_array_new_with_free_func (free_goods);
  n = MIN (n, all->len);

  /* Evenly from the whole list, so that a small demo has every department too. */
  for (unsigned i = 0; i < n; i++) {
    unsigned at = (unsigned) ((uint64_t) i * all->len / n);
    g_ptr_array_add (chosen, g_steal_pointer (&all->pdata[at]));
  }

  g_ptr_array_set_free_func (all, NULL);
  for (unsigned i = 0; i < all->len; i++)
    if (all->pdata[i] != NULL)
      free_goods (all->pdata[i]);

  return chosen;
}

unsigned
rai_demo_catalogue_size (void) {
  g_autoptr (GPtrArray) all = all_goods ();
  return all->len;
}

int
rai_demo_supplier_index (const char *code) {
  for (int i = 0; i < rai_demo_n_suppliers; i++)
    if (strcmp (rai_demo_suppliers[i].code, code) == 0)
      return i;
  return -1;
}
