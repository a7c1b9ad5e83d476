"""What a draft's own numbers say of each other: each rule on a true and a false sentence.

Every right figure was worked out by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.audit.audit import audit_draft
from flows.audit.vocabulary import load_vocabulary

# Of each pair the first holds and the second does not.
PAIRS = {
    "the_only_one_of_a_table_that_moved_so": (
        "| Team | Previous year | This year |\n|---|---|---|\n| North | 214 | 251 |\n"
        "| Park | 388 | 371 |\n| Quay | 176 | 203 |\n\n"
        "Park was the only one of the three where visits fell.",
        "| Team | Previous year | This year |\n|---|---|---|\n| North | 214 | 251 |\n"
        "| Park | 388 | 371 |\n| Quay | 176 | 203 |\n\n"
        "Park was the only one of the three where visits rose.",
    ),
    "all_of_a_table_moved_so": (
        "| Team | 2016/17 | 2017/18 |\n|---|---|---|\n| North | 214 | 251 |\n"
        "| Park | 388 | 391 |\n| Quay | 176 | 203 |\n\n"
        "Visits rose in all three teams.",
        "| Team | 2016/17 | 2017/18 |\n|---|---|---|\n| North | 214 | 251 |\n"
        "| Park | 388 | 371 |\n| Quay | 176 | 203 |\n\n"
        "Visits rose in all three teams.",
    ),
    # 252 seconds and 168 are a third apart
    "minutes_and_seconds": (
        "The wait was cut by a third, from 4 minutes 12 seconds to 2 minutes 48 seconds.",
        "The wait was cut by a half, from 4 minutes 12 seconds to 2 minutes 48 seconds.",
    ),
    "the_way_of_minutes": (
        "The wait rose from 58 seconds last year; for forms it fell from 3 minutes to 2 minutes.",
        "The wait fell last year from 2 minutes 40 seconds to 3 minutes 10 seconds.",
    ),
    "a_share_by_its_label": (
        "There were 300 adults, made up of 210 in the north group, 60 in the park group and 30 "
        "elsewhere; the north group, in other words, is seven in ten of the whole.",
        "There were 300 adults, made up of 210 in the north group, 60 in the park group and 30 "
        "elsewhere; the north group, in other words, is six in ten of the whole.",
    ),
    # 20,800 is 6.7% more than 19,500
    "per_cent_over_a_limit": (
        "Ashby closed the year on 20,800 visits, 6.7 per cent over the ceiling of 19,500.",
        "Ashby closed the year on 20,800 visits, 9.7 per cent over the ceiling of 19,500.",
    ),
    "a_share_of_those_more": (
        "Visits were up by 3,800, and repairs made up about three in every ten of those additional "
        "visits (1,156).",
        "Visits were up by 3,800, and repairs made up about five in every ten of those additional "
        "visits (1,156).",
    ),
    # 4,433 in 31 days are 143 a day
    "a_day_of_a_month": (
        "There were 4,433 visits in July 2017, an average of about 143 a day.",
        "There were 4,433 visits in July 2017, an average of about 133 a day.",
    ),
    # 31 + 24 + 19 = 74
    "a_total_of_the_rows_above": (
        "| Ward | Visits |\n|---|---|\n| North | 31 |\n| Park | 24 |\n| Quay | 19 |\n\n"
        "Taken together, these three wards saw 74 of the visits.",
        "| Ward | Visits |\n|---|---|\n| North | 31 |\n| Park | 24 |\n| Quay | 19 |\n\n"
        "Taken together, these three wards saw 84 of the visits.",
    ),
    "a_total_of_the_table_below": (
        "The 74 visits were paid as follows.\n\n"
        "| To | Visits |\n|---|---|\n| Homes | 31 |\n| Shops | 24 |\n| Clubs | 19 |\n",
        "The 84 visits were paid as follows.\n\n"
        "| To | Visits |\n|---|---|\n| Homes | 31 |\n| Shops | 24 |\n| Clubs | 19 |\n",
    ),
    "a_total_row_that_counts_the_rows": (
        "| Ward | 2016 | 2017 |\n|---|---|---|\n| North | 31 | 40 |\n| Park | 24 | 22 |\n"
        "| Quay | 19 | 21 |\n| Three wards | 74 | 83 |\n",
        "| Ward | 2016 | 2017 |\n|---|---|---|\n| North | 31 | 40 |\n| Park | 24 | 22 |\n"
        "| Quay | 19 | 21 |\n| Three wards | 74 | 93 |\n",
    ),
    "a_total_of_the_item_before": (
        "- Posters cost £310, leaflets £240 and stickers £190;\n- these three together came to "
        "£740.\n",
        "- Posters cost £310, leaflets £240 and stickers £190;\n- these three together came to "
        "£640.\n",
    ),
    "each_of_the_number_before": (
        "The offer went to 80 people. Of these, 40 took it (50%), 28 declined (35%) and 12 could "
        "not be found (15%).",
        "The offer went to 80 people. Of these, 40 took it (50%), 20 declined (35%) and 12 could "
        "not be found (15%).",
    ),
    "points_of_a_gain": (
        "This year 46 of 58 cases ended so (79.3%), compared with 38 of 53 last year (71.7%), a "
        "gain of 7.6 percentage points which the lead puts down to video.",
        "This year 46 of 58 cases ended so (79.3%), compared with 38 of 53 last year (71.7%), a "
        "gain of 5.6 percentage points which the lead puts down to video.",
    ),
    "more_than_a_multiple_of_a_figure": (
        "The 390 thefts of July were more than double the 171 of February.",
        "The 390 thefts of July were more than treble the 171 of February.",
    ),
    "twice_as_many_beside_their_sum": (
        "There were 200 in the first half and 400 in the second, twice as many; 600 in all.",
        "There were 250 in the first half and 350 in the second, twice as many; 600 in all.",
    ),
    "tenths_and_months": (
        "Visits went from 100 to 182, so they grew by more than four fifths in twelve months.",
        "Visits went from 100 to 182, so they grew by more than nine tenths in twelve months.",
    ),
    "a_month_over_months": (
        "Between April and December wardens logged 900 contacts, on average 100 a month.",
        "Between April and December wardens logged 900 contacts, on average 75 a month.",
    ),
    # 4 June to 13 July are 40 days, both counted
    "weeks_between_dates": (
        "It opened on 4 June 2018 and closed on Friday 13 July 2018, so people had nearly six "
        "weeks.",
        "It opened on 4 June 2018 and closed on Friday 13 July 2018, so people had nearly ten "
        "weeks.",
    ),
    "an_overspend_of_a_budget": (
        "The fund had a budget of £125,000 and closed on spending of £118,400, an underspend of "
        "£6,600.",
        "The fund had a budget of £125,000 and closed on spending of £118,400, an overspend of "
        "£6,600.",
    ),
    "a_colour_of_a_target": (
        "The service ended the year with 208 complaints against a ceiling of 195. It is therefore "
        "rated red.",
        "The service ended the year with 208 complaints against a ceiling of 195. It is therefore "
        "rated green.",
    ),
    "a_move_and_a_level": (
        "Admissions fell from 38.9 per 100,000 to 31.4 per 100,000, and the rate is now lower than "
        "that of the region (33.6).",
        "Admissions fell from 38.9 per 100,000 to 31.4 per 100,000, and the rate is now higher "
        "than that of the region (33.6).",
    ),
    "a_place_by_the_last_word": (
        "Letters were sent: 24 for drug dealing, 17 for loud noise, 12 for suspected cuckooing. "
        "Cuckooing was the third most common.",
        "Letters were sent: 24 for drug dealing, 17 for loud noise, 12 for suspected cuckooing. "
        "Cuckooing was the second most common.",
    ),
    "times_that_of_a_possessive": (
        "The rate in Ashby, 62.9 per 10,000, was more than double Corley's rate of 28.5.",
        "The rate in Ashby, 62.9 per 10,000, was more than three times Corley's rate of 28.5.",
    ),
    "points_of_the_rate_before": (
        "In July 379 of 1,485 were repaired (25.5%). The rate is down by 9.5 percentage points on "
        "the year before, when it was 35.0%.",
        "In July 379 of 1,485 were repaired (25.5%). The rate is down by 9.5 per cent on "
        "the year before, when it was 35.0%.",
    ),
    "a_series_that_rises": (
        "Visits continued to rise, from 77 in 2016 to 129 in 2017 and then 156 in 2018.",
        "Visits continued to fall, from 77 in 2016 to 129 in 2017 and then 156 in 2018.",
    ),
    "a_target_in_brackets": (
        "Repairs: 212 (target no more than 205), not met.",
        "Repairs: 212 (target no more than 205), met.",
    ),
    "steeper_than_by_the_brackets": (
        "The rise was steeper in the first quarter (24.4%) than in the second (8.5%).",
        "The rise was gentler in the first quarter (24.4%) than in the second (8.5%).",
    ),
    "carried_forward": (
        "The grant was £369,000. With £38,000 carried forward, it had £407,000 to spend.",
        "The grant was £369,000. With £38,000 carried forward, it had £397,000 to spend.",
    ),
    "one_every_so_many_minutes": (
        "The 39,266 calls made in 2017/18 amounted to one every thirteen minutes.",
        "The 39,266 calls made in 2017/18 amounted to one every thirty minutes.",
    ),
    "so_many_to_one": (
        "The 651 cases involved 825 children, that is 1.3 children to a case.",
        "The 651 cases involved 825 children, that is 2.3 children to a case.",
    ),
    "overshot_by": (
        "It ended with 20,843 visits against a ceiling of 19,500 and so overshot it by 1,343.",
        "It ended with 20,843 visits against a ceiling of 19,500 and so overshot it by 1,434.",
    ),
    "short_of_a_total": (
        "The lines add up to £492,500, which is £500 short of the stated total of £493,000.",
        "The lines add up to £492,500, which is £5,000 short of the stated total of £493,000.",
    ),
    "more_than_double_of_what_follows": (
        "In Ashby the rate, 0.81 per 1,000 residents, is more than double the county rate of 0.31.",
        "In Ashby the rate, 0.31 per 1,000 residents, is more than double the county rate of 0.81.",
    ),
    "lowest_with_the_next": (
        "The rate was highest in Ashby, at 9.68 per 1,000 residents, with Wells next at 9.65.",
        "The rate was lowest in Ashby, at 9.68 per 1,000 residents, with Wells next at 9.65.",
    ),
    "above_that_of_in_brackets": (
        "The rate in Ashby, 0.62 per 1,000 residents, was below that of the county (0.84).",
        "The rate in Ashby, 0.62 per 1,000 residents, was above that of the county (0.84).",
    ),
    "the_same_in_both": (
        "Completions in Ashby were unchanged, at 7.9% in both years.",
        "Completions in Ashby were sharply down, at 7.9% in both years.",
    ),
    "a_share_of_a_borough_s_amount": (
        "Outreach took £116,389 of the borough's £267,857 for 2017/18, or 43.5%.",
        "Outreach took £116,389 of the borough's £267,857 for 2017/18, or 53.4%.",
    ),
    "a_third_was_lost": (
        "Funding went from £493,000 in 2015/16 to £369,000 in 2016/17, so that roughly a quarter "
        "of the money was lost.",
        "Funding went from £493,000 in 2015/16 to £369,000 in 2016/17, so that roughly a third "
        "of the money was lost.",
    ),
    "a_total_behind_its_list": (
        "Visits by town:\n\n- Ashby 960\n- Corley 808\n- Wells 465\n\n"
        "This makes 2,233 for the three.",
        "Visits by town:\n\n- Ashby 960\n- Corley 808\n- Wells 465\n\n"
        "This makes 2,323 for the three.",
    ),
    "quarters_of_a_table_and_their_year": (
        "| Q1 | Q2 | Q3 | Q4 | Year |\n|---|---|---|---|---|\n"
        "| 1,789 | 1,881 | 1,536 | 1,374 | 6,580 |",
        "| Q1 | Q2 | Q3 | Q4 | Year |\n|---|---|---|---|---|\n"
        "| 1,789 | 1,881 | 1,536 | 1,374 | 6,850 |",
    ),
    "two_thirds_of_that_increase": (
        "Visits in Ashby were 1,201 higher than in 2017. Nearly three quarters of that increase "
        "(886 visits) is in the spring.",
        "Visits in Ashby were 1,201 higher than in 2017. Nearly two thirds of that increase "
        "(886 visits) is in the spring.",
    ),
    "digits_of_an_average": (
        "In the half year there were 1,236 reports, an average of 206 a month.",
        "In the half year there were 1,236 reports, an average of 260 a month.",
    ),
    "digits_of_a_sum": (
        "The five towns (412, 207, 138, 95 and 61) had 913 reports between them.",
        "The five towns (412, 207, 138, 95 and 61) had 931 reports between them.",
    ),
    "digits_of_a_change": (
        "Calls numbered 2,619 this year, 32.6% more than the 1,975 of 2016.",
        "Calls numbered 2,619 this year, 36.2% more than the 1,975 of 2016.",
    ),
    "a_fraction_of_a_number": (
        "Bicycles (1,741) accounted for roughly a fifth of the 9,096 items found.",
        "Bicycles (1,741) accounted for roughly a third of the 9,096 items found.",
    ),
    "times_that_of_another": (
        "In Ashby the rate, 0.95 per 1,000 residents, was about three times that of Wells (0.31).",
        "In Ashby the rate, 0.95 per 1,000 residents, was about twice that of Wells (0.31).",
    ),
    "another_named_fraction": (
        "Referrals rose by a fifth, from 1,850 to 2,220.",
        "Referrals rose by a quarter, from 1,850 to 2,220.",
    ),
    "a_share_of_the_whole_before": (
        "The fund came to £267,857. Victims' services had £116,389, which is 43.5% of the whole, "
        "and outreach £53,843 (20.1%).",
        "The fund came to £267,857. Victims' services had £116,389, which is 34.5% of the whole, "
        "and outreach £53,843 (20.1%).",
    ),
    "higher_than_that_of_another": (
        "In Ashby the rate of 12.6 per 1,000 was 43% higher than that in Wells (8.8 per 1,000).",
        "In Ashby the rate of 12.6 per 1,000 was 64% higher than that in Wells (8.8 per 1,000).",
    ),
    "a_part_higher_than_another": (
        "The rate in Ashby, 2.41 per 1,000 residents, was about a quarter higher than that in "
        "Wells, 1.92.",
        "The rate in Ashby, 2.41 per 1,000 residents, was about a half higher than that in "
        "Wells, 1.92.",
    ),
    "so_many_a_week_over_a_year": (
        "There were 1,298 reports in the year to March 2018, or some 25 a week.",
        "There were 1,298 reports in the year to March 2018, or some 35 a week.",
    ),
    "lower_than_the_first": (
        "It logged 742 reports in the first quarter and 662 in the second, so the second was 80 "
        "lower than the first.",
        "It logged 742 reports in the first quarter and 662 in the second, so the second was 60 "
        "lower than the first.",
    ),
    "points_between_two_shares": (
        "A reply was sent to 72.6% of letters in 2016 but only to 46.5% of those in 2018, "
        "26 percentage points fewer.",
        "A reply was sent to 72.6% of letters in 2016 but only to 46.5% of those in 2018, "
        "16 percentage points fewer.",
    ),
    "two_together": (
        "Taken together, bicycles (131) and scooters (150) made 281 losses.",
        "Taken together, bicycles (131) and scooters (150) made 381 losses.",
    ),
    "a_share_of_its_fund": (
        "By June it had spent £60,521 of its fund of £267,857, which is 22.6% of the money.",
        "By June it had spent £60,521 of its fund of £267,857, which is 32.6% of the money.",
    ),
    "what_two_sums_give": (
        "It has £229,000 of new money and £21,000 brought forward, which gives it £250,000.",
        "It has £229,000 of new money and £21,000 brought forward, which gives it £260,000.",
    ),
    "to_so_many_from_so_many": (
        "Losses have climbed in two years, to 783 in 2017/18 from 633 in 2015/16.",
        "Losses have fallen in two years, to 783 in 2017/18 from 633 in 2015/16.",
    ),
    "share_of_these_behind_a_semicolon": (
        "It heard 398 cases; of these, 89 were repeats, which is 22.4%.",
        "It heard 398 cases; of these, 89 were repeats, which is 27.1%.",
    ),
    "left_of_a_fund": (
        "The fund was £264,000. Of this £118,000 went to mentors, £74,500 to lights and £39,500 to "
        "wardens, which left £32,000.",
        "The fund was £264,000. Of this £118,000 went to mentors, £74,500 to lights and £39,500 to "
        "wardens, which left £23,000.",
    ),
    "way_of_the_noun": (
        "Burglary fell from 356 in 2016 to 280 in 2017, a fall of 21.3%, and rose later.",
        "Burglary fell from 356 in 2016 to 280 in 2017, an increase of 21.3%, and fell later.",
    ),
    "way_at_once": (
        "Break-ins went up from 347 in 2015/16 to 402 in 2016/17, and repeats were lower.",
        "Break-ins went up from 402 in 2015/16 to 347 in 2016/17, and repeats were lower.",
    ),
    "share_of_a_number_that_is_named": (
        "There were 10,358 of them, which is 39.5% of the 26,193 crimes; before, 7,503 of 22,582.",
        "There were 10,358 of them, which is 45.9% of the 26,193 crimes; before, 7,503 of 22,582.",
    ),
    "three_months_by_their_days": (
        "It ran for three months, from 1 October to 31 December 2021.",
        "It ran for five months, from 1 October to 31 December 2021.",
    ),
    "second_fall_in_a_row": (
        "There were 659 in 2015/16, 714 in 2016/17 and 820 in 2017/18. This is the second annual "
        "increase in a row.",
        "There were 659 in 2015/16, 714 in 2016/17 and 820 in 2017/18. This is the second annual "
        "decrease in a row.",
    ),
    "below_its_target": (
        "The target is that at least 75% are paid. Of 332 notices, 226 were paid (68.1%), so the "
        "rate was below target.",
        "The target is that at least 75% are paid. Of 332 notices, 226 were paid (68.1%), so the "
        "rate was above target.",
    ),
    "shares_that_make_100": (
        "Police told 45% of them, friends 25%, the website 18% and others 12%, making 100% in all.",
        "Police told 45% of them, friends 25%, the website 18% and others 22%, making 100% in all.",
    ),
    "answers_to_a_survey": (
        "It drew 1,030 responses. At home 927 (90%) felt safe, while 618 or 60% did outside.",
        "It drew 1,030 responses. At home 927 (90%) felt safe, while 618 or 66% did outside.",
    ),
    "parts_with_the_remaining_ones": (
        "The hub had 640 referrals. Police made 288 of them, schools 192 and the "
        "remaining 160 came from families.",
        "The hub had 640 referrals. Police made 288 of them, schools 212 and the "
        "remaining 160 came from families.",
    ),
    "parts_that_share_an_award": (
        "The £240,000 has been shared between youth work (£110,000), outreach (£85,000) and "
        "cameras (£45,000).",
        "The £240,000 has been shared between youth work (£110,000), outreach (£58,000) and "
        "cameras (£45,000).",
    ),
    "some_and_some_not": (
        "Six targets were set. Four were achieved and two were not.",
        "Six targets were set. Four were achieved and three were not.",
    ),
    "whole_grant_committed": (
        "The grant was £186,500. Mentors took £74,000 and lights £112,500, so the whole of "
        "the grant was committed.",
        "The grant was £186,500. Mentors took £74,000 and lights £122,500, so the whole of "
        "the grant was committed.",
    ),
    "total_of_the_sentence_before": (
        "It spent £68,000 on lights, £42,500 on cameras and £19,500 on training. The total of "
        "£130,000 is due by March.",
        "It spent £68,000 on lights, £42,500 on cameras and £19,500 on training. The total of "
        "£135,000 is due by March.",
    ),
    "men_and_women_of_whom": (
        "The team met 184 people in 2018/19, of whom 112 were men and 72 were women.",
        "The team met 184 people in 2018/19, of whom 112 were men and 82 were women.",
    ),
    "wrong_base_of_a_change": (
        "Fires numbered 268 in 2017/18, compared with 335 in 2016/17, a drop of 67 or 20.0%.",
        "Fires numbered 268 in 2017/18, compared with 335 in 2016/17, a drop of 67 or 25.0%.",
    ),
    "share_of_the_number_after_of": (
        "It heard 398 cases, against 329. Of the 398 cases, 89 were repeats, which is 22.4%.",
        "It heard 398 cases, against 329. Of the 398 cases, 89 were repeats, which is 27.1%.",
    ),
    "up_from_a_year_before": (
        "There were 131 volunteers in March 2019, up from 108 a year before.",
        "There were 108 volunteers in March 2019, up from 131 a year before.",
    ),
    "more_than_those_of_the_year_before": (
        "They had 412 talks in the year, 18.4% more than the 348 of the year before.",
        "They had 412 talks in the year, 48 fewer than the 348 of the year before.",
    ),
    "improved_by_points": (
        "Satisfaction improved by 3.4 percentage points, moving from 71.2% to 74.6%.",
        "Satisfaction improved by 4.3 percentage points, moving from 71.2% to 74.6%.",
    ),
    "two_rates_of_which_one_has_its_base": (
        "The rate rose from 28.4 per 100,000 in 2014/15 to 31.9 in 2016/17.",
        "The rate fell from 28.4 per 100,000 in 2014/15 to 31.9 in 2016/17.",
    ),
    "times_as_many_of_two_phases": (
        "In phase one 620 lamps were replaced and in the other 1,240, twice as many.",
        "In phase one 620 lamps were replaced and in the other 1,240, three times as many.",
    ),
    "average_with_a_hedge": (
        "In 2018/19 the team took 2,750 calls, an average of about 229 a month.",
        "In 2018/19 the team took 2,750 calls, an average of about 259 a month.",
    ),
    "order_of_changes": (
        "The largest rise was in stalking (+41%), followed by public order (+34%) and theft (+9%).",
        "The largest rise was in stalking (+34%), followed by public order (+41%) and theft (+9%).",
    ),
    "larger_of_two_parts": (
        "Of 240 fires in the borough, 150 were in Crewe and 90 in Nantwich, making Crewe the area "
        "with the larger share.",
        "Of 240 fires in the borough, 150 were in Crewe and 90 in Nantwich, making Nantwich the "
        "area with the larger share.",
    ),
    "total_of_the_districts": (
        "| Town | Calls |\n|---|---|\n| Ashby | 120 |\n| Corley | 80 |\n| Wells | 60 |\n"
        "| Total of the three towns | 260 |",
        "| Town | Calls |\n|---|---|\n| Ashby | 120 |\n| Corley | 80 |\n| Wells | 60 |\n"
        "| Total of the three towns | 280 |",
    ),
    "half_of_those_before": (
        "Cameras saw 4,820 incidents, of which 2,651 were passed on. This is more than half.",
        "Cameras saw 4,820 incidents, of which 2,651 were passed on. This is less than half.",
    ),
    "highest_of_listed_quarters": (
        "They counted 14 in April to June, 17 in July to September and 23 in October to December. "
        "The highest count came in October to December.",
        "They counted 14 in April to June, 17 in July to September and 23 in October to December. "
        "The highest count came in July to September.",
    ),
    "improvement_in_the_wrong_unit": (
        "It was 40% in 2013/14 and 46% in 2014/15. This improvement of six percentage points held.",
        "It was 40% in 2013/14 and 46% in 2014/15. This improvement of six per cent held.",
    ),
    "share_behind_a_change": (
        "The group moved from 139,845 to 140,599, and makes up over half (52%) of all in care.",
        "The group moved from 139,845 to 140,599 (52%).",
    ),
    "per_cent_lower_is_no_share": (
        "Serious injuries went down to 22,137, and casualties of all kinds stood at 186,209, some "
        "4 per cent lower.",
        "Of the 186,209 casualties 22,137 (15%) were serious.",
    ),
    "rows_with_a_subtotal": (
        "| Hurt | Number |\n|---|---|\n| Killed | 1,775 |\n| Seriously | 22,807 |\n"
        "| Killed or seriously | 24,582 |\n| Slightly | 169,895 |\n| Total | 194,477 |",
        "| Hurt | Number |\n|---|---|\n| Killed | 1,775 |\n| Seriously | 22,807 |\n"
        "| Slightly | 169,895 |\n| Total | 195,477 |",
    ),
    "one_in_six_said_twice": (
        "Only 68,109 ended in a charge, about one in six (16%).",
        "Only 68,109 ended in a charge, about one in four (16%).",
    ),
    "increase_from_a_low_point": (
        "Knife crime reached 43,516 offences, an 80% increase from the low point of 23,945.",
        "Knife crime rose by 60%, from 23,945 to 43,516 offences.",
    ),
    "year_one_counts_nothing": (
        "The fall was over 82,000 offences, mostly won in year one (6.3%) and year three (6.8%).",
        "Of the 82,000 offences 8,200 (6.8%) were solved.",
    ),
    "per_cent_of_what_stands_before": (
        "Burglary fell by 20%, personal robberies went from 1,537 to 1,172.",
        "Personal robberies fell by 20%, from 1,537 to 1,172.",
    ),
    "rest_with_a_share_of_before": (
        "They made up 40% of all incidents. Fires were 32% and the remaining 28% were crashes.",
        "Fires were 42% and the remaining 28% were crashes.",
    ),
    "offences_against_somebody": (
        "Dudley recorded 1,298 offences against older people in 2017/18, 186 more (16.7%) than in "
        "2016/17.",
        "Dudley recorded 1,298 offences in 2017/18 against 1,112 in 2016/17, 196 more.",
    ),
    "parts_of_what_was_said_before": (
        "Of these, 214 were car fires, 311 were refuse fires and the remaining 223 grass fires.",
        "The crews went to 748 fires, of which 214 were of refuse and the other 511 of grass.",
    ),
    "more_than_halved": (
        "Complaints more than halved, from 418 to 196.",
        "Complaints more than halved, from 418 to 296.",
    ),
    "above_a_round_number": (
        "South Wales was the only force above 1,000, with a rise of 8%, from 1,167 to 1,257.",
        "South Wales was the only force above 1,000, with a rise of 18%, from 1,167 to 1,257.",
    ),
    "two_pairs_and_their_sum": (
        "In Colchester the number rose from 135 to 145 and in Tendring from 153 to 188, almost 50 "
        "more together.",
        "In Colchester the number rose from 155 to 145 and in Tendring from 153 to 188.",
    ),
    "from_a_baseline_to_a_limit": (
        "The aim is to cut deaths by 25%, from the 2019 baseline of 480 to no more than 360.",
        "The aim is met: deaths fell by 35%, from 480 to 360.",
    ),
    "a_contract_is_no_fall": (
        "It took 3.2 days, compared with a standard of 5 working days and 6.8 days when the "
        "contract began.",
        "The contract fell from £12,000 to £9,000, a fall of £5,000.",
    ),
    "change_in_a_sentence_of_its_own": (
        "The team dealt with 3,412 fly-tips in 2018/19, down from 3,786 in 2017/18. This is a "
        "reduction of 374 (9.9%).",
        "The team dealt with 3,412 fly-tips in 2018/19, down from 3,786 in 2017/18. This is a "
        "reduction of 374 (13.9%).",
    ),
    "share_in_words_behind_its_numbers": (
        "Alcohol played a part in 143 of the 271 assaults in Lincoln, more than half of the total.",
        "Alcohol played a part in 143 of the 271 assaults in Lincoln, less than half of the total.",
    ),
    "status_of_a_target": (
        "Target: at least 95%. Result: 91.3%. Status: target not met.",
        "Target: at least 95%. Result: 91.3%. Status: target met.",
    ),
    "share_of_what_the_shares_beside_it_are_of": (
        "Of the 2,162 crimes 884 (40.9%) were violent. Another 264 (12.2%) were of public order.",
        "Of the 2,162 crimes 884 (40.9%) were violent. Another 264 (21.2%) were of public order.",
    ),
    "price_and_total": (
        "The scheme paid for 72 shifts at £145 each, a total of £10,440.",
        "The scheme paid for 72 shifts at £145 each, a total of £14,040.",
    ),
    "year_before_in_brackets": (
        "Theft from a motor vehicle: 843 (901), down 6.4%",
        "Theft from a motor vehicle: 843 (901), up 6.4%",
    ),
    "times_as_many": (
        "Referrals rose from 35 in 2016/17 to 84 in 2017/18, which is 2.4 times as many.",
        "Referrals rose from 35 in 2016/17 to 84 in 2017/18, which is 3.4 times as many.",
    ),
    "ceiling": (
        "The plan set a ceiling of 250. There were 271, so the objective was not achieved.",
        "The plan set a ceiling of 250. There were 271, so the objective was achieved.",
    ),
    "what_is_left_of_a_target": (
        "The savings target is £250,000. By now £187,500 had been found, which leaves £62,500.",
        "The savings target is £250,000. By now £187,500 had been found, which leaves £82,500.",
    ),
    "sum_of_a_long_clause": (
        "In the year 58 left on completing it and 131 were moved to a lower tier of support, so "
        "that 189 left in all.",
        "In the year 58 left on completing it and 131 were moved to a lower tier of support, so "
        "that 179 left in all.",
    ),
    "times_of_the_day_do_not_rise": (
        "The drop-in is on Monday 14 May 2018 from 10am to 12.30pm, down the road.",
        "The price fell from £10 to £12.50, down the road.",
    ),
    "strands_of_hate_crime_overlap": (
        "There were 124 hate crimes: 92 of race, 6 of religion, 18 of sexual orientation and 15 of "
        "disability.",
        "There were 124 hate crimes, each counted once: 92 of race, 6 of religion, 18 of sexual "
        "orientation and 15 of disability.",
    ),
    "sex_of_a_few_is_not_recorded": (
        "A total of 518 people died, 331 males and 186 females.",
        "A total of 518 people died, 331 males and 286 females.",
    ),
    "the_other_share": (
        "Women were 73% of the victims, that is 2,920 of 4,000, and men the other 27%.",
        "Of the 4,000 victims, 2,920 (63%) were women and the other 27% men.",
    ),
    "average_of_a_list": (
        "It is held against the average of three years (1,208, 1,164 and 1,147, giving 1,173).",
        "It is held against three years (1,208, 1,164 and 1,147, giving a total of 3,619).",
    ),
    "changes_of_two_places": (
        "Leeds recorded 88 fewer (544 against 632) and Bradford 39 fewer (321 against 360), so "
        "that the two account for a reduction of 127.",
        "Leeds recorded 98 fewer (544 against 632).",
    ),
    "table_of_some_forces": (
        "| Force | 2017 |\n|---|---|\n| Kent | 2,819 |\n| Essex | 3,033 |\n| All forces | 48,627 |",
        "| Force | 2017 |\n|---|---|\n| Kent | 2,819 |\n| Essex | 3,033 |\n| All forces | 5,952 |",
    ),
    "another_pair_behind_a_list_of_years": (
        "Deaths of men fell by 14%, from 1,382 in 2010 to 1,192 in 2011, while those of women went "
        "up by 3%, from 402 to 413.",
        "Deaths of men fell by 24%, from 1,382 in 2010 to 1,192 in 2011, while those of women went "
        "up by 3%, from 402 to 413.",
    ),
    "multiple_over_one_of_the_years_listed": (
        "The club had 40 members in 2016/17, 60 in 2017/18 and 118 in 2018/19. The number "
        "has almost doubled over one year.",
        "The club had 40 members in 2016/17, 60 in 2017/18 and 75 in 2018/19. The number "
        "has almost doubled over one year.",
    ),
    "half_year_behind_its_quarters": (
        "The club had 86 visits in the first quarter and 69 in the second. This gives a total of "
        "155 for the half year.",
        "The club had 86 visits in the first quarter and 69 in the second. This gives a total of "
        "165 for the half year.",
    ),
    "round_per_cent_of_a_large_change": (
        "Offences are up 70% in four years: 15,238 in 2018/19, compared with 8,836 in 2015/16.",
        "Offences are up 60% in four years: 15,238 in 2018/19, compared with 8,836 in 2015/16.",
    ),
    "share_of_a_total_before_the_change": (
        "Some 37,000 incidents, or around 4% of the total of 1,090,000, were large, a decrease of "
        "3% from 38,000.",
        "Some 37,000 incidents were large, a rise from 38,000.",
    ),
    "so_many_more_than_before": (
        "There were 507,000 actions, which is 52,000 more (11%) than the 455,000 of 2020/21.",
        "There were 507,000 actions, 62,000 more than the 455,000 of 2020/21.",
    ),
    "change_in_brackets_before_a_pair": (
        "The people involved were 11,224 (up 1%), so that incidents for each went from 4.9 to 5.3.",
        "The people involved went from 11,113 to 11,224 (up 6%).",
    ),
    "another_number_after_a_pair": (
        "The fleet grew from 114 to 177 cars. The number held in reserve went up by 12%.",
        "The fleet grew from 114 to 177 cars. This is an increase of 12%.",
    ),
    "points_from_a_year_before": (
        "Drugs were the reason in most cases (61% of searches, four percentage points less than in "
        "2021/22), with weapons far behind (16%).",
        "Drugs were the reason in 61%, down four percentage points from 67%.",
    ),
    "two_things_that_move_in_one_sentence": (
        "Robbery was up 16% to 2,540, burglary up 9% to 8,469, and hate crime grew by more than "
        "4,000 to 76,000.",
        "Robbery was up 16% to 2,540, burglary up 9% to 8,469, and hate crime fell from 71,000 to "
        "76,000.",
    ),
    "changes_are_no_levels": (
        "Crime was 12.9% down, robbery 9.2% down and burglary 15.8% down.",
        "Crime was 12.9% down, from 600 to 650, robbery 9.2% down and burglary 15.8% down.",
    ),
    "a_change_compared_with_the_national_one": (
        "Crime was down 7.1%, its fifth fall in a row, compared with 4.3% nationally.",
        "Crime was down 7.1%, from 400 to 420, its fifth fall in a row, and by 4.3% nationally.",
    ),
    "more_than_loosens": (
        "Forces recorded 195,380 crimes, a rise of more than 11,000, or 6%.",
        "Forces recorded 195,380 crimes, a rise of 11,000, or 16%.",
    ),
    "pc_is_per_cent": (
        "Knife offences were up 11pc, from 422 in 2019 to 469 in 2020.",
        "Knife offences were up 17pc, from 422 in 2019 to 469 in 2020.",
    ),
    "telephone_numbers_count_nothing": (
        "Callers gave up 151,000 of 284,000 calls to 101, more than half.",
        "Callers gave up 121,000 of 284,000 calls to 101 (53%).",
    ),
    "short_list_of_some_kinds": (
        "There were 43,078 crimes in Gwent: 16,367 thefts, 12,288 assaults, 7,445 fires, 1,451 "
        "affrays and 1,421 drug offences.",
        "There were 43,078 crimes in Gwent: 26,367 thefts, 12,288 assaults, 7,445 fires, 1,451 "
        "affrays and 1,421 drug offences.",
    ),
    "earlier_sentence_has_the_whole": (
        "The survey had 1,300 replies. Some 884, or 68%, knew of it, and 117 (9%) had used it.",
        "The survey had 1,300 replies. Of these, 884 (78%) knew of it.",
    ),
    "earlier_sentence_has_a_part": (
        "The award was £432,000. Match funding of £61,500 from the council and £18,500 from others "
        "brought the programme to £512,000.",
        "Match funding of £61,500 from the council and £18,500 from others brought it to £85,000 "
        "altogether.",
    ),
    "there_and_back": (
        "Burglary went from 522 to 615 and then back down to 533.",
        "Burglary went down from 522 to 615.",
    ),
    "later_figure_of_a_row_of_years": (
        "It was £493,000 in 2015/16 and £369,000 in 2016/17, a cut of £124,000 or 25.2%.",
        "The grant fell from £493,000 in 2015/16 to £369,000 in 2016/17, a cut of £124,000 or 35%.",
    ),
    "both_changes_of_one_figure": (
        "Thefts came to 369,440, a 10% rise and more than 10,000 above the year to December.",
        "Forces recorded 369,440 crimes, a rise of 10,000, or 10%.",
    ),
    "table_without_marks": (
        "Grade | September | June\nGreen | 7 | 9\nAmber | 4 | 2\nTotal | 11 | 11\n",
        "Grade | September | June\nGreen | 7 | 9\nAmber | 4 | 2\nTotal | 12 | 11\n",
    ),
    "table_without_headings": (
        "Leeds | 454 | 310\nYork | 189 | 130\nHull | 341 | 210\nTotal | 984 | 650\n",
        "Leeds | 454 | 310\nYork | 189 | 130\nHull | 341 | 210\nTotal | 994 | 650\n",
    ),
    "share_of_the_whole_before": (
        "The survey had 480 replies. Of these, 120 (25%) came from tenants.",
        "The survey had 480 replies. Of these, 120 (35%) came from tenants.",
    ),
    "share_in_words": (
        "Of the 90 families that began, 60 finished the course: two thirds.",
        "Of the 90 families that began, 60 finished the course: three quarters.",
    ),
    "one_in_so_many": (
        "Wardens visited 200 shops and 50 of them, one in four, had no sign.",
        "Wardens visited 200 shops and 50 of them, one in five, had no sign.",
    ),
    "bound_in_words": (
        "Of the 400 calls, 110 were repeats - more than one in four.",
        "Of the 400 calls, 90 were repeats - more than one in four.",
    ),
    "more_than_all": (
        "Of the 31 people arrested, 29 were charged.",
        "Of the 29 people arrested, 31 were charged.",
    ),
    "list_behind_a_colon": (
        "There were 60 grants: 35 to schools and 25 to clubs.",
        "There were 60 grants: 35 to schools and 28 to clubs.",
    ),
    "whole_numbers_are_exact": (
        "There were 60 grants: 35 to schools and 25 to clubs.",
        "There were 60 grants: 35 to schools and 24 to clubs.",
    ),
    "list_of_items": (
        "Spending was £9,000 in all:\n\n- lighting £4,000\n- gates £3,000\n- signs £2,000",
        "Spending was £9,000 in all:\n\n- lighting £4,000\n- gates £3,000\n- signs £2,500",
    ),
    "remainder": (
        "A half were under 25 (50%), 30% were 25 to 44 and the remaining 20% were older.",
        "A half were under 25 (50%), 30% were 25 to 44 and the remaining 25% were older.",
    ),
    "difference": (
        "The budget was £52,000 and spending was £48,500, leaving an underspend of £3,500.",
        "The budget was £52,000 and spending was £48,500, leaving an underspend of £4,500.",
    ),
    "points_to_a_target": (
        "Some 78.5% were answered in time. This is 6.5 percentage points short of the 85% target.",
        "Some 78.5% were answered in time. This is 5.5 percentage points short of the 85% target.",
    ),
    "average": (
        "In the 12 weeks of the pilot officers made 276 visits, an average of 23 a week.",
        "In the 12 weeks of the pilot officers made 276 visits, an average of 26 a week.",
    ),
    "price_of_each": (
        "The panel approved 20 alarms at a cost of £9,000, that is £450 per alarm.",
        "The panel approved 20 alarms at a cost of £9,000, that is £540 per alarm.",
    ),
    "equal_parts": (
        "The cost of £60,000 is split equally between four partners, who pay £15,000 each.",
        "The cost of £60,000 is split equally between four partners, who pay £12,000 each.",
    ),
    "rate_of_a_population": (
        "With 960 offences and 120,000 residents the town had a rate of 8.0 per 1,000 people.",
        "With 960 offences and 120,000 residents the town had a rate of 8.0 per 10,000 people.",
    ),
    "level": (
        "At 9.1%, the share was below the national average of 12.3%.",
        "At 9.1%, the share was above the national average of 12.3%.",
    ),
    "from_days_to_days": (
        "The wait fell from 21 days in 2020 to 14 days in 2021.",
        "The wait rose from 21 days in 2020 to 14 days in 2021.",
    ),
    "years_listed": (
        "Fires fell for the third year running: 90 in 2018/19, 80 in 2019/20, 75 in 2020/21 and 60 "
        "in 2021/22.",
        "Fires fell for the third year running: 90 in 2018/19, 80 in 2019/20, 85 in 2020/21 and 60 "
        "in 2021/22.",
    ),
    "most_of_a_list": (
        "Reports were 310 in Ashby, 250 in Corley and 190 in Denton. Ashby had the most reports.",
        "Reports were 310 in Ashby, 250 in Corley and 190 in Denton. Corley had the most reports.",
    ),
    "most_of_a_table": (
        "| Ward | Reports |\n|---|---|\n| Abbey | 31 |\n| Castle | 24 |\n| Mill | 12 |\n\n"
        "The lowest number was in Mill.",
        "| Ward | Reports |\n|---|---|\n| Abbey | 31 |\n| Castle | 24 |\n| Mill | 12 |\n\n"
        "The lowest number was in Abbey.",
    ),
    "target": (
        "The target was no more than 300 fires. There were 280, so the target was met.",
        "The target was no more than 300 fires. There were 320, so the target was met.",
    ),
    "target_in_a_table": (
        "| Measure | Target | Result | Status |\n|---|---|---|---|\n"
        "| Visits | At least 40 | 44 | Target met |",
        "| Measure | Target | Result | Status |\n|---|---|---|---|\n"
        "| Visits | At least 40 | 34 | Target met |",
    ),
    "gap_in_points": (
        "Some 68% of tenants agreed, as against 56% of owners, a gap of 12 percentage points.",
        "Some 68% of tenants agreed, as against 56% of owners, a gap of 22 percentage points.",
    ),
    "per_cent_for_points": (
        "Satisfaction was 71% in the first year and 76% in the second, an improvement of 5 points.",
        "Satisfaction was 71% in the first year and 76% in the second, an improvement of five per "
        "cent.",
    ),
    "change_of_two_years": (
        "There were 140 entrants in 2021 and 112 in 2022. It has fallen by 28, or 20%.",
        "There were 140 entrants in 2021 and 112 in 2022. It has risen by 28, or 20%.",
    ),
    "average_of_things": (
        "The club held 40 sessions with 1,000 attendances, an average of 25 per session.",
        "The club held 40 sessions with 1,000 attendances, an average of 28 per session.",
    ),
    "population_before": (
        "The team serves 125,000 people. It logged 1,500 incidents, or 12 per 1,000 people.",
        "The team serves 125,000 people. It logged 1,500 incidents, or 12 per 10,000 people.",
    ),
    "places_moved": (
        "The town moved up two places in the table, from seventh to fifth.",
        "The town moved up three places in the table, from seventh to fifth.",
    ),
    "weeks": (
        "The consultation opens on 4 June 2018 and closes on 27 August 2018, twelve weeks later.",
        "The consultation opens on 4 June 2018 and closes on 27 August 2018, ten weeks later.",
    ),
    "seconds": (
        "The time went from 190 seconds to 145 seconds, so callers waited 45 seconds less.",
        "The time went from 190 seconds to 145 seconds, so callers waited 45 seconds longer.",
    ),
    "it_consists_of": (
        "It costs £1.2 million. It consists of £740,000 for works and £460,000 for signs.",
        "It costs £1.2 billion. It consists of £740,000 for works and £460,000 for signs.",
    ),
    "peak": (
        "There were 41 in 2019, 33 in 2020, 57 in 2021 and 62 in 2022. The peak was in 2022.",
        "There were 41 in 2019, 33 in 2020, 57 in 2021 and 62 in 2022. The peak was in 2021.",
    ),
    "order": (
        "Castle ward had the most reports (212), followed by Abbey (187) and Mill (164).",
        "Castle ward had the most reports (182), followed by Abbey (187) and Mill (164).",
    ),
    "ahead": (
        "Fuel theft (41) was the most common, ahead of machinery theft (38) and poaching (31).",
        "Fuel theft (34) was the most common, ahead of machinery theft (38) and poaching (31).",
    ),
    "every_year": (
        "It has risen every year since 2019: 42 in 2019, 48 in 2020, 51 in 2021 and 66 in 2022.",
        "It has risen every year since 2019: 42 in 2019, 51 in 2020, 48 in 2021 and 66 in 2022.",
    ),
    "total_in_a_list": (
        "Notices:\n\n- Littering: 214\n- Dog fouling: 63\n- Total: 277",
        "Notices:\n\n- Littering: 214\n- Dog fouling: 63\n- Total: 297",
    ),
    "above_a_target": (
        "The target was 450 visits and the team made 486. It finished 36 visits above target.",
        "The target was 450 visits and the team made 486. It finished 54 visits above target.",
    ),
    "whole_between": (
        "More than half of the 380 reports in the town (205) came from two wards.",
        "More than half of the 380 reports in the town (171) came from two wards.",
    ),
    "share_of_a_target": (
        "The team aimed for 400 visits. It made 380, or 95% of the target.",
        "The team aimed for 400 visits. It made 380, or 97% of the target.",
    ),
    "shares_of_a_table": (
        "| Age | Victims | Share |\n|---|---|---|\n| 10 to 17 | 30 | 30% |\n"
        "| 18 to 24 | 50 | 50% |\n| Older | 20 | 20% |\n| All | 100 | 100% |",
        "| Age | Victims | Share |\n|---|---|---|\n| 10 to 17 | 30 | 30% |\n"
        "| 18 to 24 | 50 | 60% |\n| Older | 20 | 20% |\n| All | 100 | 100% |",
    ),
    "length": (
        "The pilot ran for eight months, from 1 April 2022 to 30 November 2022.",
        "The pilot ran for eight months, from 1 April 2022 to 30 September 2022.",
    ),
    "end": (
        "The order took effect on 3 May 2021 for three years and expires on 2 May 2024.",
        "The order took effect on 3 May 2021 for three years and expires on 2 May 2025.",
    ),
    "mean_of_a_list": (
        "The four quarters had 40, 52, 48 and 60, an average of 50.",
        "The four quarters had 40, 52, 48 and 60, an average of 55.",
    ),
    "sum_a_year": (
        "The grant is £600,000 over three years, that is £200,000 a year.",
        "The grant is £600,000 over three years, that is £200,000 a month.",
    ),
    "average_a_month": (
        "In the year to March the desk took 2,400 calls, on average 200 a month.",
        "In the year to March the desk took 2,400 calls, on average 260 a month.",
    ),
    "average_at_each": (
        "Our 12 open mornings brought in 180 people, an average of 15 at each one.",
        "Our 12 open mornings brought in 180 people, an average of 18 at each one.",
    ),
    "product": (
        "Each of the 14 schools in the area had three sessions, making 42 sessions in all.",
        "Each of the 14 schools in the area had three sessions, making 45 sessions in all.",
    ),
    "what_remains": (
        "The board had £64,000 for locks, of which £48,000 is spent and £16,000 remains.",
        "The board had £64,000 for locks, of which £48,000 is spent and £26,000 remains.",
    ),
    "list_without_the_word_total": (
        "The service had 1,386 referrals:\n\n- 802 from the police\n- 584 from others",
        "The service had 1,386 referrals:\n\n- 802 from the police\n- 484 from others",
    ),
    "shares_of_items": (
        "Reviews opened (250 in all):\n\n- noise: 150 (60%)\n- pets: 100 (40%)",
        "Reviews opened (250 in all):\n\n- noise: 150 (60%)\n- pets: 100 (45%)",
    ),
    "shares_of_a_table_without_a_total": (
        "| Route | Reports | Share |\n|---|---|---|\n| Post | 60 | 60% |\n| Web | 30 | 30% |\n"
        "| Visit | 10 | 10% |",
        "| Route | Reports | Share |\n|---|---|---|\n| Post | 60 | 60% |\n| Web | 30 | 40% |\n"
        "| Visit | 10 | 10% |",
    ),
    "so_far_above": (
        "At 812 admissions per 100,000 it was 212 per 100,000 above the England rate of 600.",
        "At 812 admissions per 100,000 it was 286 per 100,000 above the England rate of 600.",
    ),
    "side_of_a_figure": (
        "Attrition was 14.2% in the quarter, below the 17.9% seen nationally.",
        "Attrition was 14.2% in the quarter, above the 17.9% seen nationally.",
    ),
    "overspend": (
        "Spending came to £53,000 against a budget of £50,000, an overspend of £3,000.",
        "Spending came to £53,000 against a budget of £50,000, an underspend of £3,000.",
    ),
    "fell_and_then_rose": (
        "Thefts fell from 142 in 2016 to 124 in 2017 and then rose to 169 in 2018.",
        "Thefts fell from 142 in 2016 to 124 in 2017 and then fell to 169 in 2018.",
    ),
    "words_beside_the_per_cent": (
        "Some nine in ten visitors (91%) would come again.",
        "Some seven in ten visitors (91%) would come again.",
    ),
    "remaining_share_of_the_sentence_before": (
        "Of those seen 38 per cent were in work. The remaining 62 per cent were not.",
        "Of those seen 38 per cent were in work. The remaining 72 per cent were not.",
    ),
    "term": (
        "The scheme has three-year funding from 1 April 2022 to 31 March 2025.",
        "The scheme has five-year funding from 1 April 2022 to 31 March 2025.",
    ),
    "months": (
        "It lasted 24 months, starting in January 2021 and finishing at the end of December 2022.",
        "It lasted 18 months, starting in January 2021 and finishing at the end of December 2022.",
    ),
    "days_in_order": (
        "It covers the year from 1 April 2022 to 31 March 2023.",
        "It covers the year from 1 April 2022 to 31 March 2022.",
    ),
    "year_of_a_period": (
        "In the 12 months to 31 March 2022 (the 2021/22 financial year) they gave out 1,640.",
        "In the 12 months to 31 March 2022 (the 2020/21 financial year) they gave out 1,640.",
    ),
    "one_month_of_three_years": (
        "It rose for the second July in succession: 56 thefts in July 2016, 84 in July 2017 and "
        "131 in July 2018.",
        "It fell for the second July in succession: 56 thefts in July 2016, 84 in July 2017 and "
        "131 in July 2018.",
    ),
    "men_and_women": (
        "In treatment 58% were male and 42% were female.",
        "In treatment 58% were male and 52% were female.",
    ),
    "men_and_women_of_all": (
        "Of the 215 victims supported, 161 were women and 54 were men.",
        "Of the 215 victims supported, 161 were women and 64 were men.",
    ),
    "a_year_for_years": (
        "Cabinet agreed £400,000 a year for three years in lighting, £1.2 million in total.",
        "Cabinet agreed £400,000 a year for three years in lighting, £1.6 million in total.",
    ),
    "average_a_day": (
        "The helpline took 1,460 calls in 2021, an average of four calls a day.",
        "The helpline took 1,460 calls in 2021, an average of six calls a day.",
    ),
    "more_than_the_figure_before": (
        "There were 18,603 calls in the half year. That is 1,259 more than the 17,344 before it.",
        "There were 18,603 calls in the half year. That is 1,529 more than the 17,344 before it.",
    ),
    "share_of_them_in_words": (
        "The panel heard 600 cases. Just over a quarter of them (162) were repeats.",
        "The panel heard 600 cases. Just over a third of them (162) were repeats.",
    ),
    "split_so_many_ways": (
        "Calls split three ways: 46% about noise, 31% about dogs and 23% about everything else.",
        "Calls split three ways: 46% about noise, 31% about dogs and 33% about everything else.",
    ),
    "total_below_a_list": (
        "Hours worked:\n\n- parks: 3,150\n- shops: 970\n\nIn all 4,120 hours were worked.",
        "Hours worked:\n\n- parks: 3,150\n- shops: 970\n\nIn all 4,210 hours were worked.",
    ),
    "loss": (
        "The grant was cut from £493,000 in 2015/16 to £369,000 in 2016/17, a loss of £124,000.",
        "The grant was cut from £493,000 in 2015/16 to £369,000 in 2016/17, a loss of £142,000.",
    ),
    "busiest": (
        "It took 84 calls in June, 112 in July and 97 in August, so July was the busiest month.",
        "It took 84 calls in June, 112 in July and 97 in August, so August was the busiest month.",
    ),
}
# Sentences like these, in which the numbers have nothing to do with each other in that way.
HARMLESS = (
    "Of the 90 fires attended, 60 were deliberate, and three quarters of those (45) were small.",
    "The £84,000 is split three ways, with £36,500 going on gates, £29,750 on lights and the "
    "remaining £17,750 on study.",
    "It came down slightly, from 73 to 69, after a quarter in which it had gone up by more than "
    "two fifths.",
    "Theft hardly moved (152, then 150) and begging went up by 88, from 100 to 188.",
    "| Ward | Visits |\n|---|---|\n| North | 31 |\n| Park | 24 |\n| Quay | 19 |\n\n"
    "Together, the four wards had 95 visits.",
    "The 502 cases were heard in 48 meetings, as follows.\n\n"
    "| To | Visits |\n|---|---|\n| Homes | 31 |\n| Shops | 24 |\n| Clubs | 19 |\n",
    "It opened on 4 June 2018 and closed on 13 July 2018; replies took 12 weeks to read.",
    "Target 1: complaints. The service ended with 188 against a ceiling of 195, rated green.",
    "Only about 2% of these extra checks find anything, compared to about 15% of ordinary ones.",
    "The gap widened: reports showed a faster rate of reduction (32% for the council compared with "
    "19% for the survey).",
    "Of 810 cases 55% were in parks (445), while most of the remaining cases were in shops (332; "
    "40%). Those in schools were fewer (43; 5%).",
    "Falls were seen in Ashby (down by 11% to 1,834 reports), and smaller ones in Wells (down by "
    "2% to 3,891 reports).",
    "Reports of losses rose by 21% (see the table, 257.5 Kb), from 6,546 to 7,921, for children "
    "under 13.",
    "This fall is seen in the share of homes: around 3 in 100 now, compared with 9 in 100 in 1995.",
    "| Kind | Number |\n|---|---|\n| Cards | 120 |\n| Lost cards | 80 |\n| Stolen cards | 40 |\n"
    "| Phones | 30 |\n| Total | 150 |",
    "Losses stood at 283 in July 2016, reached 513 a year later and came to 808 in July 2018.",
    "A total of 3,328 were lost, 455 more than in the preceding year (15.8%).",
    "Growth was 24.4 per cent in the first quarter and 8.5 per cent in the second, so the first "
    "quarter's growth was almost three times the second's.",
    "Ward 14 had 1,652 reports, Ward 9 had 1,628 and Ward 19 had 1,567, making 4,847 between them.",
    "It took 398 calls in the year to June, 69 more than in the previous twelve.",
    "Wells had 17 losses, up to 19 in June; of the 144 in all, 96 (two thirds) came in the winter, "
    "and 12 came in June and July together.",
    "In a panel of 900 adults 150 had seen a theft and 60 of those (40%) had reported it.",
    "The total of 1,363 compares with 2,036, so calls came down by 673, or roughly a third.",
    "Over the two years from July 2016 to July 2018 the figure grew by a third.",
    "Its rate of 24.9 is lower than the average of its group of 15 similar areas (26.4).",
    "There were 120 reports: 30 in the park and 20 at the station among others.",
    "Grants of £80,000 went to 16 projects, the smallest of them £500 for a youth club.",
    "The score fell by 15.0% in 2021, from 780 to 663, before a rise of 10.1% in 2022. It is lower "
    "still than in 2020.",
    "About 55% of the 155 fell in the first quarter, the rest later.",
    "14 of 16 posts in the town were filled and two more would start on 8 January.",
    "The largest of the six reductions was in Ashby, from 40 to 12.",
    "The programme has three strands: 12 schools, 40 families and a helpline.",
    "Of the 60 cameras 20 are new; replacing one costs £1,200 each year.",
    "Police recorded 131 thefts in July, against 84 in the same month a year earlier.",
    "There were 182 in the previous year, so the figure is 30 higher (16.5 per cent).",
    "Figures for the 13 months from March 2022 to March 2023 show 41 orders.",
    "This is the second year of a three-year plan and runs from 1 April 2023 to 31 March 2024.",
    "| Scheme | £m |\n|---|---|\n| Roads | 1.3 |\n| Vans | 2.4 |\n| Other | 1.6 |\n| Total | 5.2 |",
    "There were 250 reports:\n\n- 30 in the park\n- 20 at the station",
    "Calls per 1,000 homes were 12.4 in Ashby, 9.8 in Corley and 15.1 in Wells. The highest rate "
    "of the three was in Wells.",
    "There were 1,169 crimes more than before, and violence made up 445 of these, or 38.1%.",
    "In the survey 71% of women and 54% of men said that they avoid the park after dark.",
    "Crime came to 10,545 (5,314 in Q1 and 5,231 in Q2). That is 1,449 above 2016.",
    "They began with 1,214 officers. In the year 96 joined and 71 left, leaving 1,239 in post.",
    "The target is to cut violence by 5% from the baseline of 640, that is to 608 or fewer.",
    "It recorded 2,384 offences in 2017/18, which is 276 more than in 2016/17 and a rise of 13.1%.",
    "Some 40% of victims were women, 30% were under 25 and the remaining cases were not recorded.",
    "It took on 54 men. Thirty-five finished, 12 left early and seven are still attending.",
    "The force has 2,200 officers: over 1,200 on patrol, nearly 700 detectives and over 50 more.",
    "Of the additional officers 15,343 were paid for (with 77% of the 20,000 target) and 560 from "
    "other sources.",
    "The district has 38,000 homes in three towns and more than sixty parishes.",
    "Between September 2022 and August 2023 Ashby had 1,930 visits, Corley 1,415 and Wells 870, so "
    "the busiest was Ashby.",
    "It dropped from 436 cases to 352, after a first half that had been 9% busier than before.",
    "42 volunteers patrolled on 98 nights, giving more than 3,500 hours between them.",
    "It was attended by 1,460 pupils from 39 schools, or 87% of those eligible.",
    "A total of 2,505 crimes were recorded, up from 2,205 in the previous year (13.6%).",
    "Arson rose from 2,438 in 2016/17 to 2,755 in 2017/18, an increase of 13.0%, while disorder "
    "rose by 109 to 942 (13.1%).",
    "The total was 2,707 and 1,345 of the offences fell between April and September.",
    "The survey drew 1,440 replies. Of these, 612 named speeding, 389 drugs and the remaining 439 "
    "another issue.",
    "Ashby had the most visits with 1,310, followed by March with 1,075, Corley with 640 and Wells "
    "with 590. That Corley came third is welcome.",
    "A total of 3,346 died. Of these, 2,248 (67%) had misused drugs; half of the total (1,682) had "
    "done so before.",
    "Police recorded 885 offences, 21% more than before, a rate of 2.7 per 1,000 people against "
    "2.9 in England.",
    "Ashby had 26,250 visits, fewer than Corley (27,651) but more than Wells (24,619).",
    "In Ashby they went from 194 to 129, a third fewer, after some 1,200 pouches were given out.",
    "There were 2,921 visits, and if the poll of 88 members is any guide the true number is "
    "perhaps three times as great.",
    "Ashby averaged 544 visits a month in 2017/18, and hospitals treated around 70 people a month.",
    "Ashby had 84 visits in 2017, half as many again as in 2016 (56).",
    "The survey year ending March 2014 counted 950,000; the current estimate is under half the "
    "level seen in 1995.",
    "Ashby counted 27,900 visits in 2017/18 and Corley 86,100, a little over three times as many.",
    "They grew much more slowly in the second quarter (3.6%) than in the first (11.2%).",
    "It rose by 40.4% from 183 to 257, and by Kirklees, where there were 21 more than before.",
)


@pytest.mark.parametrize("name", PAIRS)
def test_numbers_of_a_draft_are_held_against_each_other(tmp_path: Path, name: str) -> None:
    draft = tmp_path / "draft.md"
    for text, is_true in zip(PAIRS[name], (True, False), strict=True):
        draft.write_text(text, encoding="utf-8")
        contradicted = audit_draft(draft, load_vocabulary(), None).contradicted
        assert (not contradicted) == is_true, (text, contradicted)


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_that_have_nothing_to_do_with_each_other_are_left_alone(
    tmp_path: Path, text: str
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")
    assert audit_draft(draft, load_vocabulary(), None).contradicted == []
