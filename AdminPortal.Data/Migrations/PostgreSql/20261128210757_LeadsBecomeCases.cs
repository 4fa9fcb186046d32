using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class LeadsBecomeCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            LeadCarryOver.CarryOverOnPostgreSql(migrationBuilder);

            migrationBuilder.DropIndex(
                name: "IX_leads_authority_state_found_at",
                table: "leads");

            migrationBuilder.DropCheckConstraint(
                name: "ck_leads_closed",
                table: "leads");

            migrationBuilder.DropCheckConstraint(
                name: "ck_leads_dismissed",
                table: "leads");

            migrationBuilder.DropCheckConstraint(
                name: "ck_leads_proposal",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "closed_by_name",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "state",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "version",
                table: "leads");

            migrationBuilder.RenameColumn(
                name: "closed_by_id",
                table: "leads",
                newName: "case_id");

            // What was renamed held the officer.
            LeadCarryOver.ConnectOnPostgreSql(migrationBuilder);

            migrationBuilder.CreateIndex(
                name: "IX_leads_case_id",
                table: "leads",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leads_without_case",
                table: "leads",
                columns: new[] { "found_at", "id" },
                filter: "case_id IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_leads_case",
                table: "leads",
                sql: "case_id IS NULL OR case_id = id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_leads_proposal",
                table: "leads",
                sql: "entry_id IS NULL OR case_id IS NOT NULL");

            migrationBuilder.AddForeignKey(
                name: "FK_leads_cases_case_id",
                table: "leads",
                column: "case_id",
                principalTable: "cases",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_leads_cases_case_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "IX_leads_case_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_without_case",
                table: "leads");

            migrationBuilder.DropCheckConstraint(
                name: "ck_leads_case",
                table: "leads");

            migrationBuilder.DropCheckConstraint(
                name: "ck_leads_proposal",
                table: "leads");

            migrationBuilder.RenameColumn(
                name: "case_id",
                table: "leads",
                newName: "closed_by_id");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "closed_at",
                table: "leads",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "closed_by_name",
                table: "leads",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "leads",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "leads",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "leads",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_leads_authority_state_found_at",
                table: "leads",
                columns: new[] { "authority", "state", "found_at" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_leads_closed",
                table: "leads",
                sql: "(state = 'Open' AND closed_by_id IS NULL AND closed_at IS NULL) OR (state <> 'Open' AND closed_by_id IS NOT NULL AND closed_at IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_leads_dismissed",
                table: "leads",
                sql: "(state = 'Dismissed' AND reason IS NOT NULL) OR (state <> 'Dismissed' AND reason IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_leads_proposal",
                table: "leads",
                sql: "(state = 'LedToProposal' AND entry_id IS NOT NULL) OR (state <> 'LedToProposal' AND entry_id IS NULL)");
        }
    }
}
